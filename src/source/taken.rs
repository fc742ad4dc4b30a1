//! One file from elsewhere, handed in on the command line.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use super::SourceError;

/// The bytes of the file at `path`, or of standard input for `-`; at most `limit` of them.
///
/// # Errors
/// When it cannot be read, or is larger.
pub fn take_in(path: &Path, limit: u64) -> Result<Vec<u8>, SourceError> {
    let read = |from: &mut dyn Read| {
        let mut bytes = Vec::new();
        from.take(limit.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = if path == Path::new("-") {
        read(&mut io::stdin().lock())
    } else {
        fs::File::open(path).and_then(|mut file| read(&mut file))
    };
    match bytes {
        Ok(bytes) if bytes.len() as u64 > limit => {
            let why = io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {limit} bytes"));
            Err(SourceError::disk("read", path, why))
        }
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(SourceError::disk("read", path, error)),
    }
}
