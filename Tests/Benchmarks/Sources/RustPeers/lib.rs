//! Rust's aho-corasick and regex behind a C interface: see CRustPeers.h.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::bytes::{RegexSet, RegexSetBuilder};
use std::{ptr, slice};

pub enum Peer {
    AhoCorasick(AhoCorasick),
    RegexSet(RegexSet),
}

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
) -> *mut Peer {
    // The dense automaton, which is its fastest, and all matches: phrases overlap.
    let automaton = AhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .dfa(true)
        .build(literals(texts, lengths, count));
    Box::into_raw(Box::new(Peer::AhoCorasick(automaton)))
}

#[no_mangle]
pub unsafe extern "C" fn rust_regex_set(
    texts: *const *const u8,
    lengths: *const usize,
    count: usize,
) -> *mut Peer {
    let patterns = literals(texts, lengths, count)
        .into_iter()
        .map(|text| regex::escape(std::str::from_utf8(text).unwrap_or("")));
    let set = RegexSetBuilder::new(patterns)
        .size_limit(1 << 30)
        .dfa_size_limit(1 << 30)
        .build();
    match set {
        Ok(set) => Box::into_raw(Box::new(Peer::RegexSet(set))),
        Err(_) => ptr::null_mut(),
    }
}

#[no_mangle]
pub unsafe extern "C" fn rust_scan(
    peer: *const Peer,
    text: *const u8,
    length: usize,
    matches: *mut usize,
    capacity: usize,
) -> usize {
    let text = slice::from_raw_parts(text, length);
    let mut count = 0;
    let mut note = |pattern: usize| {
        if !matches.is_null() && count < capacity {
            *matches.add(count) = pattern;
        }
        count += 1;
    };
    match &*peer {
        Peer::AhoCorasick(automaton) => {
            for found in automaton.find_overlapping_iter(text) {
                note(found.pattern());
            }
        }
        Peer::RegexSet(set) => {
            for pattern in set.matches(text).iter() {
                note(pattern);
            }
        }
    }
    count
}
