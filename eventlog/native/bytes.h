/* Spans of bytes, and numbers as they lie in a file: little-endian, unaligned. */
#ifndef CELLBOARD_BYTES_H
#define CELLBOARD_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const uint8_t *p;
    size_t n;
} span;

static inline uint32_t load32(const uint8_t *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static inline uint64_t load64(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static inline float float_of(uint32_t bits)
{
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static inline double double_of(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* Most are short, and a call would cost more than the comparison. */
static inline bool same(span a, span b)
{
    if (a.n != b.n) return false;
    if (a.n < 8 || a.n > 64) return a.n == 0 || memcmp(a.p, b.p, a.n) == 0;
    uint64_t differ = load64(a.p + a.n - 8) ^ load64(b.p + b.n - 8);
    for (size_t at = 0; at + 8 < a.n; at += 8) differ |= load64(a.p + at) ^ load64(b.p + at);
    return !differ;
}

#endif
