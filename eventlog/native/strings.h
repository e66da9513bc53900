/* Strings by number: each one that is met gets the next number, and is found again by its bytes.
 *
 * A hash table with SipHash-1-3 under a key that nobody outside knows (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF", 2012), so that a log cannot be made whose tags all fall into one place. */
#ifndef CELLBOARD_STRINGS_H
#define CELLBOARD_STRINGS_H

#include <stdlib.h>

#include "bytes.h"

typedef struct {
    uint64_t hash;
    size_t size;
    uint8_t text[];
} string;

typedef struct {
    uint64_t key[2];
    string **list; /* by number */
    int32_t count, room;
    int32_t *slots; /* number + 1, or 0; a power of two of them, at most half of them taken */
    uint32_t mask;
} strings;

#define STRINGS_MOST (1 << 29)

#define SIP_ROTATE(word, bits) (((word) << (bits)) | ((word) >> (64 - (bits))))
#define SIP_ROUND(a, b, c, d)                                                                                          \
    do {                                                                                                               \
        a += b, b = SIP_ROTATE(b, 13) ^ a, a = SIP_ROTATE(a, 32);                                                      \
        c += d, d = SIP_ROTATE(d, 16) ^ c;                                                                             \
        a += d, d = SIP_ROTATE(d, 21) ^ a;                                                                             \
        c += b, b = SIP_ROTATE(b, 17) ^ c, c = SIP_ROTATE(c, 32);                                                      \
    } while (0)

static uint64_t sip_hash(const uint64_t key[2], span text)
{
    uint64_t a = key[0] ^ 0x736F6D6570736575u, b = key[1] ^ 0x646F72616E646F6Du;
    uint64_t c = key[0] ^ 0x6C7967656E657261u, d = key[1] ^ 0x7465646279746573u;
    size_t at = 0;
    for (; text.n - at >= 8; at += 8) {
        uint64_t word = load64(text.p + at);
        d ^= word;
        SIP_ROUND(a, b, c, d);
        a ^= word;
    }
    uint64_t last = (uint64_t)text.n << 56;
    for (unsigned shift = 0; at < text.n; at++, shift += 8) last |= (uint64_t)text.p[at] << shift;
    d ^= last;
    SIP_ROUND(a, b, c, d);
    a ^= last;
    c ^= 0xFF;
    for (int round = 0; round < 3; round++) SIP_ROUND(a, b, c, d);
    return a ^ b ^ c ^ d;
}

static inline span string_at(const strings *known, int32_t number)
{
    const string *found = known->list[number];
    return (span){found->text, found->size};
}

static int32_t *strings_slot(const strings *known, span text, uint64_t hash)
{
    for (uint32_t at = (uint32_t)hash & known->mask;; at = (at + 1) & known->mask) {
        int32_t *slot = &known->slots[at];
        if (!*slot) return slot;
        if (known->list[*slot - 1]->hash == hash && same(string_at(known, *slot - 1), text)) return slot;
    }
}

static bool strings_grow(strings *known)
{
    int32_t room = known->room ? known->room * 2 : 32;
    if (room > STRINGS_MOST) return false;
    string **list = realloc(known->list, (size_t)room * sizeof *list);
    if (!list) return false;
    known->list = list;
    int32_t *slots = calloc((size_t)room * 2, sizeof *slots);
    if (!slots) return false;
    free(known->slots);
    known->slots = slots;
    known->mask = (uint32_t)room * 2 - 1;
    known->room = room;
    for (int32_t number = 0; number < known->count; number++)
        *strings_slot(known, string_at(known, number), list[number]->hash) = number + 1;
    return true;
}

/* Number of `text`, or -1 if it was never met. */
static int32_t strings_find(const strings *known, span text)
{
    return known->count ? *strings_slot(known, text, sip_hash(known->key, text)) - 1 : -1;
}

/* Number of `text`, a new one if need be; -1 without memory. */
static int32_t strings_number(strings *known, span text)
{
    uint64_t hash = sip_hash(known->key, text);
    int32_t *slot = known->slots ? strings_slot(known, text, hash) : NULL;
    if (slot && *slot) return *slot - 1;
    if (known->count == known->room) {
        if (!strings_grow(known)) return -1;
        slot = strings_slot(known, text, hash);
    }
    string *added = malloc(sizeof *added + text.n);
    if (!added) return -1;
    added->hash = hash;
    added->size = text.n;
    if (text.n) memcpy(added->text, text.p, text.n);
    known->list[known->count] = added;
    *slot = ++known->count;
    return known->count - 1;
}

static void strings_free(strings *known)
{
    for (int32_t number = 0; number < known->count; number++) free(known->list[number]);
    free(known->list);
    free(known->slots);
    *known = (strings){.key = {known->key[0], known->key[1]}};
}

#endif
