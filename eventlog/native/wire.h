/* Protobuf's wire format, as much of it as event logs use.
 *
 * What is accepted here every protobuf library accepts, with the same meaning. Whatever is rare or doubtful (groups,
 * over-long numbers, a field of another wire type than it is declared with) is not: such a record goes to protobuf. */
#ifndef CELLBOARD_WIRE_H
#define CELLBOARD_WIRE_H

#include "bytes.h"

typedef enum { VARINT = 0, FIXED64 = 1, BYTES = 2, FIXED32 = 5 } wire_type;

typedef struct {
    const uint8_t *p, *end;
} reader;

typedef struct {
    uint32_t number;
    wire_type type;
    uint64_t bits;     /* of a VARINT, FIXED64 or FIXED32 */
    span bytes;        /* of BYTES */
    const uint8_t *at; /* where its content begins */
} field;

typedef enum { FIELD, FIELD_NONE, FIELD_ODD } field_state;

static inline reader reader_of(span bytes)
{
    return (reader){bytes.p, bytes.p + bytes.n};
}

static inline bool read_varint(reader *from, uint64_t *number)
{
    if (from->p < from->end && *from->p < 0x80) {
        *number = *from->p++;
        return true;
    }
    uint64_t bits = 0;
    for (unsigned shift = 0; shift < 70 && from->p < from->end; shift += 7) {
        uint64_t byte = *from->p++;
        if (shift == 63 && byte > 1) return false;
        bits |= (byte & 0x7F) << shift;
        if (byte < 0x80) {
            *number = bits;
            return true;
        }
    }
    return false;
}

static inline bool read_bytes(reader *from, span *bytes)
{
    uint64_t size;
    const uint8_t *begin = from->p;
    if (!read_varint(from, &size) || from->p - begin > 5 || size > (uint64_t)(from->end - from->p)) return false;
    *bytes = (span){from->p, (size_t)size};
    from->p += size;
    return true;
}

static inline field_state next_field(reader *from, field *found)
{
    uint64_t key;
    const uint8_t *begin = from->p;
    if (begin == from->end) return FIELD_NONE;
    if (!read_varint(from, &key) || from->p - begin > 5 || key < 8 || key > 0xFFFFFFFFu) return FIELD_ODD;
    found->number = (uint32_t)(key >> 3);
    found->type = (wire_type)(key & 7);
    found->at = from->p;
    switch (found->type) {
    case VARINT:
        return read_varint(from, &found->bits) ? FIELD : FIELD_ODD;
    case FIXED64:
        if (from->end - from->p < 8) return FIELD_ODD;
        found->bits = load64(from->p);
        from->p += 8;
        return FIELD;
    case FIXED32:
        if (from->end - from->p < 4) return FIELD_ODD;
        found->bits = load32(from->p);
        from->p += 4;
        return FIELD;
    case BYTES:
        if (!read_bytes(from, &found->bytes)) return FIELD_ODD;
        found->at = found->bytes.p;
        return FIELD;
    default:
        return FIELD_ODD;
    }
}

/* Whether `text` is UTF-8 as RFC 3629 has it: no surrogates, nothing over-long, nothing beyond U+10FFFF. */
static bool is_utf8(span text)
{
    const uint8_t *p = text.p, *end = text.p + text.n;
    while (p < end) {
        uint8_t lead = *p++;
        if (lead < 0x80) continue;
        int more = lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
        if (more < 0 || end - p < more) return false;
        uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (*p < low || *p > high) return false;
        for (p++; --more; p++)
            if ((*p & 0xC0) != 0x80) return false;
    }
    return true;
}

/* Whether `bytes` are varints end to end; tells how many, and the first of them. */
static bool is_varints(span bytes, size_t *count, uint64_t *first)
{
    reader from = reader_of(bytes);
    uint64_t number;
    for (*count = 0; from.p < from.end; ++*count) {
        if (!read_varint(&from, &number)) return false;
        if (*count == 0) *first = number;
    }
    return true;
}

#endif
