//! Files as their authors write them, read into the model.

mod near;
mod node;
mod scalar;
pub(crate) mod yaml;
