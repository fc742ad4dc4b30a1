//! The `relato` command: reads the outside once, hands it down, returns an exit code.

fn main() {}
