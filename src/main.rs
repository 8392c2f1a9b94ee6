//! The `risk-index` command.

fn main() {}
