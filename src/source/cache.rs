//! What was worked out from bytes, kept in a file under the id of those bytes. Deleting it loses time alone.
//!
//! One file, in native words of fixed size, little-endian:
//!
//! ```text
//! magic (8) · checksum of what follows up to the data (8) · count (8) · count × entry (40) · data
//! entry = content id (20) · length (4) · offset into the data (8) · checksum of id and data (8)
//! ```
//!
//! Entries stand newest first. The index is checked when the file is opened, an entry when it is asked for, so that
//! damage anywhere makes entries absent and never wrong.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::ContentId;

const MAGIC: &[u8; 8] = b"relato\x001";
const HEADER: usize = 24;
const ENTRY: usize = 40;

/// A store of values by the id of the content they were worked out from. Whatever is wrong with it, it is empty.
pub struct Cache {
    /// `None` for a cache that keeps nothing.
    path: Option<PathBuf>,
    /// Mixed into the checksum of the index: a file of another name is not this cache.
    seed: u64,
    limit: u64,
    /// The file that the entries lie in, as it was when opened, whatever another process puts in its place.
    shelf: Option<Shelf>,
    /// In the order of the file, newest first.
    entries: Vec<Kept>,
    index: HashMap<ContentId, usize>,
    new: Mutex<HashMap<ContentId, Vec<u8>>>,
}

struct Kept {
    id: ContentId,
    start: u64,
    length: usize,
    checksum: u64,
    used: AtomicBool,
}

impl Cache {
    /// The cache `name` in `folder`, which need not exist. `shape` is the version of the values' shape: what another
    /// version wrote is not read, and is written over. At most about `limit_bytes` are kept.
    pub fn open(folder: &Path, name: &str, shape: &str, limit_bytes: u64) -> Self {
        let seed = xxh3_64(shape.as_bytes());
        let path = folder.join(file_name(name, xxh3_64(name.as_bytes())));
        let mut cache = Self { path: Some(path), seed, limit: limit_bytes, ..Self::none() };
        if let Some(shelf) = cache.path.as_deref().and_then(|path| Shelf::open(path, limit_bytes)) {
            cache.entries = index(&shelf, seed).unwrap_or_default();
            cache.index = cache.entries.iter().enumerate().map(|(at, kept)| (kept.id, at)).collect();
            cache.shelf = Some(shelf);
        }
        cache
    }

    /// A cache that keeps nothing.
    pub fn none() -> Self {
        Self {
            path: None,
            seed: 0,
            limit: 0,
            shelf: None,
            entries: Vec::new(),
            index: HashMap::new(),
            new: Mutex::default(),
        }
    }

    /// The value of `id` as the last run left it.
    pub fn get(&self, id: ContentId) -> Option<Vec<u8>> {
        let kept = self.entries.get(*self.index.get(&id)?)?;
        let value = self.shelf.as_ref()?.read(kept.start, kept.length)?;
        if checksum(kept.id, &value) != kept.checksum {
            return None;
        }
        kept.used.store(true, Ordering::Relaxed);
        Some(value)
    }

    /// Keeps `value` for the next run.
    pub fn put(&self, id: ContentId, value: Vec<u8>) {
        if self.path.is_some() {
            self.new.lock().unwrap_or_else(PoisonError::into_inner).insert(id, value);
        }
    }

    /// Writes the file if anything new was put: what this run used first, then the rest, newest first, up to the
    /// limit. A failure to write is silent, and two processes may save at once: the later one stays.
    pub fn save(&self) {
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(path), false) = (&self.path, new.is_empty()) else { return };
        let mut fresh: Vec<(ContentId, Value<'_>)> =
            new.iter().map(|(id, value)| (*id, Value::New(value))).collect();
        fresh.sort_unstable_by_key(|(id, _)| *id);
        let old = |used: bool| {
            let entries = self.entries.iter().filter(move |kept| kept.used.load(Ordering::Relaxed) == used);
            entries.map(|kept| (kept.id, Value::Old(kept)))
        };
        let mut room = self.limit.saturating_sub(HEADER as u64);
        let mut seen = HashSet::new();
        let mut chosen = Vec::new();
        for (id, value) in fresh.into_iter().chain(old(true)).chain(old(false)) {
            let size = (value.length() as u64).saturating_add(ENTRY as u64);
            if size <= room && u32::try_from(value.length()).is_ok() && seen.insert(id) {
                room -= size;
                chosen.push((id, value));
            }
        }
        // a cache is never worth a message
        let _ = write(path, self.seed, &chosen, self.shelf.as_ref());
        // of 10,000 incidents it is as much as all their lists
        drop(chosen);
        *new = HashMap::new();
    }
}

/// Where a value to be written comes from.
enum Value<'a> {
    New(&'a [u8]),
    Old(&'a Kept),
}

impl Value<'_> {
    fn length(&self) -> usize {
        match self {
            Self::New(bytes) => bytes.len(),
            Self::Old(kept) => kept.length,
        }
    }

    /// What is damaged stays so, and is not read again.
    fn checksum(&self, id: ContentId) -> u64 {
        match self {
            Self::New(bytes) => checksum(id, bytes),
            Self::Old(kept) => kept.checksum,
        }
    }
}

/// A file read in pieces: handing out fresh memory for the whole of it takes longer than reading it does.
struct Shelf {
    #[cfg(unix)]
    file: fs::File,
    #[cfg(not(unix))]
    file: Mutex<fs::File>,
    length: u64,
}

impl Shelf {
    /// The file, unless it is beyond the limit: then it is a later version's, or not ours.
    fn open(path: &Path, limit: u64) -> Option<Self> {
        // looked at before it is opened: opening a pipe waits
        if !fs::metadata(path).ok()?.is_file() {
            return None;
        }
        let file = fs::File::open(path).ok()?;
        let metadata = file.metadata().ok()?;
        if !metadata.is_file() || metadata.len() > limit {
            return None;
        }
        #[cfg(not(unix))]
        let file = Mutex::new(file);
        Some(Self { file, length: metadata.len() })
    }

    /// `length` bytes from `start`; `None` when they are not all there.
    fn read(&self, start: u64, length: usize) -> Option<Vec<u8>> {
        if start.checked_add(length as u64)? > self.length {
            return None;
        }
        let mut bytes = vec![0; length];
        self.fill(&mut bytes, start).ok()?;
        Some(bytes)
    }

    #[cfg(unix)]
    fn fill(&self, bytes: &mut [u8], start: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, start)
    }

    #[cfg(not(unix))]
    fn fill(&self, bytes: &mut [u8], start: u64) -> io::Result<()> {
        use std::io::{Read as _, Seek as _};
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(io::SeekFrom::Start(start))?;
        file.read_exact(bytes)
    }
}

/// The name as a file name; what a file name cannot hold is replaced, and told apart by the hash.
fn file_name(name: &str, seed: u64) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let plain: String = name.chars().map(plain).take(64).collect();
    format!("relato-{plain}-{seed:016x}")
}

/// The entries of a file; `None` when anything but its data is not as it was written.
fn index(shelf: &Shelf, seed: u64) -> Option<Vec<Kept>> {
    let header = shelf.read(0, HEADER)?;
    let (magic, rest) = header.split_first_chunk::<8>()?;
    let (sum, count) = rest.split_first_chunk::<8>()?;
    let count = u64::from_le_bytes(*count.first_chunk::<8>()?);
    let length = usize::try_from(count).ok()?.checked_mul(ENTRY)?;
    let checked = shelf.read(HEADER as u64 - 8, length.checked_add(8)?)?;
    if magic != MAGIC || u64::from_le_bytes(*sum) != xxh3_64_with_seed(&checked, seed) {
        return None;
    }
    let (_, entries) = checked.split_first_chunk::<8>()?;
    let data = (HEADER as u64).checked_add(length as u64)?;
    let entry = |entry: &[u8]| {
        let (id, rest) = entry.split_first_chunk::<20>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (offset, rest) = rest.split_first_chunk::<8>()?;
        let (checksum, _) = rest.split_first_chunk::<8>()?;
        Some(Kept {
            id: ContentId(*id),
            start: data.checked_add(u64::from_le_bytes(*offset))?,
            length: usize::try_from(u32::from_le_bytes(*length)).ok()?,
            checksum: u64::from_le_bytes(*checksum),
            used: AtomicBool::new(false),
        })
    };
    let entries = entries.chunks_exact(ENTRY).map(entry).collect::<Option<Vec<Kept>>>()?;
    // of a file that was cut, what is left
    let whole =
        |kept: &Kept| kept.start.checked_add(kept.length as u64).is_some_and(|end| end <= shelf.length);
    Some(entries.into_iter().filter(whole).collect())
}

fn write(
    path: &Path,
    seed: u64,
    entries: &[(ContentId, Value<'_>)],
    shelf: Option<&Shelf>,
) -> io::Result<()> {
    let mut index = Vec::with_capacity(8 + entries.len() * ENTRY);
    index.extend((entries.len() as u64).to_le_bytes());
    let mut offset = 0_u64;
    for (id, value) in entries {
        index.extend(id.0);
        index.extend((value.length() as u32).to_le_bytes());
        index.extend(offset.to_le_bytes());
        index.extend(value.checksum(*id).to_le_bytes());
        offset += value.length() as u64;
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = io::BufWriter::with_capacity(1 << 18, tempfile::NamedTempFile::new_in(folder)?);
    file.write_all(MAGIC)?;
    file.write_all(&xxh3_64_with_seed(&index, seed).to_le_bytes())?;
    file.write_all(&index)?;
    for (_, value) in entries {
        match value {
            Value::New(bytes) => file.write_all(bytes)?,
            Value::Old(kept) => {
                let bytes = shelf.and_then(|shelf| shelf.read(kept.start, kept.length));
                file.write_all(&bytes.ok_or(io::ErrorKind::UnexpectedEof)?)?;
            }
        }
    }
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path)?;
    Ok(())
}

/// Of the id too, so that an entry is never taken for another.
fn checksum(id: ContentId, value: &[u8]) -> u64 {
    xxh3_64_with_seed(value, xxh3_64(&id.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u32) -> ContentId {
        ContentId::of(&n.to_le_bytes())
    }

    fn value(n: u32) -> Vec<u8> {
        format!("value {n}").repeat(n as usize % 7).into_bytes()
    }

    fn filled(folder: &Path, range: std::ops::Range<u32>) {
        let cache = Cache::open(folder, "test", "v1", 1 << 20);
        range.for_each(|n| cache.put(id(n), value(n)));
        cache.save();
    }

    fn file(folder: &Path) -> PathBuf {
        fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
    }

    #[test]
    fn what_was_put_is_there_in_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("not/yet");
        filled(&below, 0..100);
        filled(&below, 100..150);
        let cache = Cache::open(&below, "test", "v1", 1 << 20);
        for n in 0..150 {
            assert_eq!(cache.get(id(n)), Some(value(n)));
        }
        assert_eq!(cache.get(id(200)), None);
        assert_eq!(Cache::open(&below, "test", "v2", 1 << 20).get(id(1)), None);
        assert_eq!(fs::read_dir(&below).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn a_cache_under_another_name_is_empty_even_in_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path(), 0..3);
        let other = folder.path().join(file_name("v2", xxh3_64(b"v2")));
        fs::copy(file(folder.path()), other).unwrap();
        assert_eq!(Cache::open(folder.path(), "test", "v2", 1 << 20).get(id(1)), None);
    }

    #[test]
    fn beyond_the_limit_the_oldest_unused_entries_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let limit = (HEADER + 4 * (ENTRY + 100)) as u64;
        for n in 0..4 {
            let cache = Cache::open(folder.path(), "test", "v1", limit);
            cache.put(id(n), vec![0; 100]);
            cache.save();
        }
        let cache = Cache::open(folder.path(), "test", "v1", limit);
        assert!(cache.get(id(0)).is_some());
        cache.put(id(4), vec![0; 100]);
        cache.save();
        let cache = Cache::open(folder.path(), "test", "v1", limit);
        let there: Vec<u32> = (0..5).filter(|n| cache.get(id(*n)).is_some()).collect();
        assert_eq!(there, [0, 2, 3, 4]);
        assert!(file(folder.path()).metadata().unwrap().len() <= limit);
    }

    #[test]
    fn a_run_without_anything_new_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path(), 0..3);
        let before = file(folder.path()).metadata().unwrap().modified().unwrap();
        let cache = Cache::open(folder.path(), "test", "v1", 1 << 20);
        assert!(cache.get(id(1)).is_some());
        cache.save();
        assert_eq!(file(folder.path()).metadata().unwrap().modified().unwrap(), before);
        Cache::open(&folder.path().join("x"), "test", "v1", 1 << 20).save();
        assert!(!folder.path().join("x").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_empty_cache() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("file");
        fs::write(&blocked, "").unwrap();
        filled(&blocked, 0..3);
        assert_eq!(Cache::open(&blocked, "test", "v1", 1 << 20).get(id(1)), None);
        Cache::none().put(id(1), vec![1]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn damage_loses_entries_and_never_changes_one(
            flips in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 0..4),
            cut in prop::option::of(any::<prop::sample::Index>()),
            tail in prop::collection::vec(any::<u8>(), 0..9),
        ) {
            let folder = tempfile::tempdir().unwrap();
            filled(folder.path(), 0..20);
            let path = file(folder.path());
            let mut bytes = fs::read(&path).unwrap();
            for (at, mask) in &flips {
                let at = at.index(bytes.len());
                bytes[at] ^= mask;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes.extend(tail);
            fs::write(&path, bytes).unwrap();
            let cache = Cache::open(folder.path(), "test", "v1", 1 << 20);
            for n in 0..20 {
                if let Some(found) = cache.get(id(n)) {
                    prop_assert_eq!(found, value(n));
                }
            }
            cache.put(id(99), value(99));
            cache.save();
            let after = Cache::open(folder.path(), "test", "v1", 1 << 20);
            prop_assert_eq!(after.get(id(99)), Some(value(99)));
        }
    }
}
