//! What checking a register or a table of aliases finds.

use super::declare;

declare! {
    REGISTER_INVALID = "register-invalid", Error,
        "a register or alias table that cannot be used as it stands",
        "un registru sau un tabel de alias-uri care nu poate fi folosit așa cum este";
    CHECK_DIGIT = "check-digit", Note,
        "a code whose control digit does not fit; membership in the register decides",
        "un cod a cărui cifră de control nu se potrivește; hotărăște prezența în registru";
}
