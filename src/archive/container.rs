//! A bag as a folder or as a ZIP, read without believing anything that it says of itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::bag::{BAG, Refused};
use super::names::fault;
use crate::message::archive as message;
use crate::message::of_system;
use crate::quality::Message;
use crate::report::{File, folder};

/// Files a bag may have.
const FILES: usize = 10_000;
/// Bytes a bag may have.
const BYTES: u64 = 4 << 30;

/// One ZIP with everything in a folder called `top`: entries in order, stored without compression,
/// so that the same files give the same bytes with any library, and no entry can inflate.
pub fn zip(top: &str, files: &[File]) -> Vec<u8> {
    let mut sorted: Vec<&File> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let memory = "memory takes everything, and names are short and new";
    for file in sorted {
        let large = options.large_file(file.bytes.len() >= u32::MAX as usize);
        writer.start_file(format!("{top}/{}", file.path), large).expect(memory);
        writer.write_all(&file.bytes).expect(memory);
    }
    writer.finish().expect(memory).into_inner()
}

/// The files of a ZIP, without the folder that holds them all.
///
/// # Errors
/// Anything that this program does not write: compression, links, a second top folder, unsafe
/// names, bytes between or behind the entries.
pub fn unzip(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Refused> {
    let broken = |error: zip::result::ZipError| Refused::one(message::no_zip(&error.to_string()));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > FILES {
        return Err(Refused::one(message::many_files(FILES)));
    }
    let mut against = Vec::new();
    let mut files = BTreeMap::new();
    let mut tops: Vec<String> = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(broken)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let shown = crate::quality::printable(&name);
        if entry.compression() != CompressionMethod::Stored || entry.encrypted() {
            against.push(message::compressed(&shown));
        } else if entry.is_symlink() {
            against.push(message::link(&shown));
        } else if entry.is_dir() {
            against.push(message::empty_folder(&shown));
        } else if let Some(fault) = fault(&name) {
            against.push(message::name_with_fault(&shown, fault));
        } else if let Some((top, inside)) = name.split_once('/') {
            let mut content = Vec::new();
            // Stored content cannot be longer than the file that holds it.
            let read = entry.take(bytes.len() as u64).read_to_end(&mut content);
            if read.is_err() || files.insert(inside.to_owned(), content).is_some() {
                against.push(message::damaged(&shown));
            }
            tops.push(top.to_owned());
        } else {
            against.push(message::outside(&shown));
        }
    }
    tops.dedup();
    if tops.len() > 1 {
        against.push(message::several_folders());
    }
    if !against.is_empty() {
        return Err(Refused(against));
    }
    let listed: Vec<File> = files
        .iter()
        .map(|(path, bytes): (&String, &Vec<u8>)| File { path: path.clone(), bytes: bytes.clone() })
        .collect();
    let again = zip(tops.first().map_or("", String::as_str), &listed);
    if again != bytes {
        let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        return Err(Refused::one(message::not_that_zip(at)));
    }
    Ok(files)
}

/// The files of a bag: a folder, or a ZIP.
///
/// # Errors
/// It cannot be read, or holds what no bag may: links, special files, too much.
pub fn read(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, Refused> {
    let shown = path.display().to_string();
    let place = folder::locate(&BAG, path);
    let found = fs::metadata(&place)
        .map_err(|error| Refused::one(message::unopened(&shown, &of_system(&error))))?;
    if found.is_dir() {
        let mut found = Found { files: BTreeMap::new(), against: Vec::new(), left: BYTES };
        walk(&place, "", &mut found)
            .map_err(|error| Refused::one(message::unread(&shown, &of_system(&error))))?;
        return if found.against.is_empty() {
            Ok(found.files)
        } else {
            Err(Refused(found.against))
        };
    }
    if found.len() > BYTES {
        return Err(Refused::one(message::too_large(&shown)));
    }
    let bytes = fs::read(&place)
        .map_err(|error| Refused::one(message::unread(&shown, &of_system(&error))))?;
    unzip(&bytes)
}

/// What a folder holds, and what speaks against it.
struct Found {
    files: BTreeMap<String, Vec<u8>>,
    against: Vec<Message>,
    /// Bytes that may still follow.
    left: u64,
}

fn walk(folder: &Path, inside: &str, found: &mut Found) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        let shown = crate::quality::printable(&name);
        let about = fs::symlink_metadata(entry.path())?;
        if about.is_dir() {
            if inside.matches('/').count() > 16 {
                found.against.push(message::too_deep(&shown));
                continue;
            }
            walk(&entry.path(), &format!("{name}/"), found)?;
        } else if !about.is_file() {
            found.against.push(message::no_plain_file(&shown));
        } else if about.len() > found.left || found.files.len() >= FILES {
            found.against.push(message::too_much(&shown));
            return Ok(());
        } else {
            found.left -= about.len();
            found.files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Vec<File> {
        let file = |path: &str| File { path: path.into(), bytes: path.as_bytes().to_vec() };
        vec![file("data/b.csv"), file("bagit.txt"), file("data/a.csv")]
    }

    #[test]
    fn a_zip_gives_its_files_back_and_is_its_own_rezip() {
        let bytes = zip("2024", &some());
        assert_eq!(unzip(&bytes).unwrap().len(), 3);
        let mut reversed = some();
        reversed.reverse();
        assert_eq!(zip("2024", &reversed), bytes);
    }

    #[test]
    fn no_byte_of_a_zip_can_change_unseen() {
        let bytes = zip("2024", &some());
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let seen = unzip(&changed).ok();
            let same = unzip(&bytes).unwrap();
            assert!(seen.is_none_or(|files| files != same), "byte {at}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(unzip(&longer).is_err());
    }

    #[test]
    fn hostile_entries_are_named() {
        let with = |name: &str, method| {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            let options = SimpleFileOptions::default().compression_method(method);
            writer.start_file(name, options).unwrap();
            writer.write_all(&[b'x'; 1000]).unwrap();
            unzip(&writer.finish().unwrap().into_inner()).unwrap_err().to_string()
        };
        assert!(with("a/../../b", CompressionMethod::Stored).contains("leaves its folder"));
        assert!(with("a/b", CompressionMethod::Deflated).contains("compressed"));
        assert!(with("b", CompressionMethod::Stored).contains("outside"));
    }

    #[test]
    fn links_folders_second_tops_and_entries_that_stand_twice_are_named() {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let refused = |make: &dyn Fn(&mut ZipWriter<Cursor<Vec<u8>>>),
                       patch: Option<[&[u8]; 2]>| {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            make(&mut writer);
            let mut bytes = writer.finish().unwrap().into_inner();
            if let Some([old, new]) = patch {
                for at in 0..bytes.len() - old.len() {
                    if bytes[at..].starts_with(old) {
                        bytes[at..at + new.len()].copy_from_slice(new);
                    }
                }
            }
            unzip(&bytes).unwrap_err().to_string()
        };
        let link = refused(&|it| it.add_symlink("a/b", "/etc/passwd", stored).unwrap(), None);
        assert!(link.contains("`a/b` is a link"), "{link}");
        let folder = refused(&|it| it.add_directory("a/b/", stored).unwrap(), None);
        assert!(folder.contains("empty folder"), "{folder}");
        let two = |names: [&'static str; 2]| {
            move |writer: &mut ZipWriter<Cursor<Vec<u8>>>| {
                for name in names {
                    writer.start_file(name, stored).unwrap();
                }
            }
        };
        let tops = refused(&two(["a/b", "c/d"]), None);
        assert!(tops.contains("more than one folder"), "{tops}");
        // The library writes no name twice; somebody else's may.
        let twice = refused(&two(["a/bb1", "a/bb2"]), Some([b"a/bb2", b"a/bb1"]));
        assert!(!twice.is_empty(), "{twice}");
        for name in ["a/nul.csv", "a/COM1", "a/b:c"] {
            let said = refused(&|it| it.start_file(name, stored).unwrap(), None);
            assert!(said.contains(&format!("the name `{name}`")), "{said}");
        }
    }

    #[test]
    fn a_bomb_of_entries_and_a_folder_too_deep_are_refused() {
        let file = |at: usize| File { path: format!("data/{at}.csv"), bytes: Vec::new() };
        let many: Vec<File> = (0..=FILES).map(file).collect();
        assert!(unzip(&zip("a", &many)).unwrap_err().to_string().contains("more than 10000 files"));
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("a/".repeat(20))).unwrap();
        let said = read(place.path()).unwrap_err().to_string();
        assert!(said.contains("lies too deep"), "{said}");
    }
}
