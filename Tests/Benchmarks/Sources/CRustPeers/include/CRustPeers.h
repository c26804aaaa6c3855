#pragma once
#include <stddef.h>
#include <stdint.h>

// What Sources/RustPeers/lib.rs exports. Linked only where `./run` could build it.

typedef struct rust_peer rust_peer;

/// Aho-Corasick as a dense automaton; `NULL` where it does not compile.
rust_peer *rust_aho_corasick(
  const uint8_t *const *literals, const size_t *lengths, size_t count);

/// Counts the matches in a text; where `matches` is given, their literals' numbers are written there,
/// at most `capacity`.
size_t rust_scan(
  const rust_peer *peer, const uint8_t *text, size_t length, size_t *matches, size_t capacity);
