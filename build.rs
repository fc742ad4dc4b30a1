//! Builds again when a file joins or leaves `templates/`, which `include_dir!` alone does not notice.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}
