//! Rust's aho-corasick behind a C interface: see CRustPeers.h.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use std::slice;

unsafe fn literals<'a>(
    literals: *const *const u8,
    lengths: *const usize,
    count: usize,
) -> Vec<&'a [u8]> {
    (0..count)
        .map(|i| slice::from_raw_parts(*literals.add(i), *lengths.add(i)))
        .collect()
}

#[no_mangle]
pub unsafe extern "C" fn rust_aho_corasick(
    texts: *const *const u8,
    lengths: *const usize,
    count: usize,
) -> *mut AhoCorasick {
    // The dense automaton, which is its fastest, and all matches: phrases overlap.
    let automaton = AhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .dfa(true)
        .build(literals(texts, lengths, count));
    Box::into_raw(Box::new(automaton))
}

#[no_mangle]
pub unsafe extern "C" fn rust_scan(
    peer: *const AhoCorasick,
    text: *const u8,
    length: usize,
    matches: *mut usize,
    capacity: usize,
) -> usize {
    let text = slice::from_raw_parts(text, length);
    let mut count = 0;
    for found in (*peer).find_overlapping_iter(text) {
        if !matches.is_null() && count < capacity {
            *matches.add(count) = found.pattern();
        }
        count += 1;
    }
    count
}
