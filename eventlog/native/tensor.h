/* TensorProto and its kin: whether they are in order, and the number that a tensor of one element holds. */
#ifndef CELLBOARD_TENSOR_H
#define CELLBOARD_TENSOR_H

#include "wire.h"

typedef struct {
    int32_t dtype;
    bool unknown_rank;
    bool all_ones; /* every dimension is 1 */
    size_t rank;
    span content;      /* tensor_content */
    span float8;       /* float8_val */
    uint32_t list;     /* number of the *_val field that holds values; 0 if none does */
    bool several;      /* whether more than one does */
    size_t list_count; /* its values */
    uint64_t first;    /* the bits of the first of them */
    const uint8_t *at; /* and where it is, if it is of fixed size */
} tensor;

enum { FLOAT_VAL = 5, DOUBLE_VAL = 6, INT_VAL = 7, INT64_VAL = 10, BOOL_VAL = 11, HALF_VAL = 13 };
enum { UINT32_VAL = 16, UINT64_VAL = 17 };

/* Whether a field that may be there once is there for the first time. */
static inline bool is_first(uint32_t *seen, uint32_t number)
{
    uint32_t bit = 1u << number;
    bool first = !(*seen & bit);
    *seen |= bit;
    return first;
}

static bool read_dim(span bytes, uint64_t *size)
{
    reader from = reader_of(bytes);
    field found = {0};
    field_state state;
    uint32_t seen = 0;
    *size = 0;
    while ((state = next_field(&from, &found)) == FIELD) {
        if (found.number > 2) continue;
        if (!is_first(&seen, found.number)) return false;
        if (found.number == 1 && found.type == VARINT)
            *size = found.bits;
        else if (!(found.number == 2 && found.type == BYTES && is_utf8(found.bytes)))
            return false;
    }
    return state == FIELD_NONE;
}

static bool read_shape(span bytes, tensor *into)
{
    reader from = reader_of(bytes);
    field found = {0};
    field_state state;
    uint32_t seen = 0;
    while ((state = next_field(&from, &found)) == FIELD) {
        uint64_t size;
        if (found.number == 2 && found.type == BYTES) {
            if (!read_dim(found.bytes, &size)) return false;
            into->rank++;
            into->all_ones = into->all_ones && size == 1;
        } else if (found.number == 3) {
            if (found.type != VARINT || found.bits > 1 || !is_first(&seen, 3)) return false;
            into->unknown_rank = found.bits;
        } else if (found.number == 2) {
            return false;
        }
    }
    return state == FIELD_NONE;
}

/* Note the values of a *_val field; `width` is that of an element, 0 for varints. */
static bool read_values(const field *found, size_t width, tensor *into)
{
    size_t count = 1;
    uint64_t first = found->bits;
    if (found->type == BYTES) {
        if (width) {
            if (found->bytes.n % width) return false;
            count = found->bytes.n / width;
            if (count) first = width == 8 ? load64(found->bytes.p) : load32(found->bytes.p);
        } else if (!is_varints(found->bytes, &count, &first)) {
            return false;
        }
    } else if (found->type != (width == 8 ? FIXED64 : width == 4 ? FIXED32 : VARINT)) {
        return false;
    }
    if (!count) return true;
    if (into->list != found->number) {
        into->several = into->list != 0;
        into->list = found->number;
        into->list_count = 0;
    }
    if (!into->list_count) {
        into->first = first;
        into->at = found->at;
    }
    into->list_count += count;
    return true;
}

static bool read_tensor(span bytes, tensor *into)
{
    enum { ONCE = 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 18 };
    reader from = reader_of(bytes);
    field found = {0};
    field_state state;
    uint32_t seen = 0;
    *into = (tensor){.all_ones = true};
    while ((state = next_field(&from, &found)) == FIELD) {
        bool good = true;
        if (found.number < 32 && (ONCE >> found.number & 1) && !is_first(&seen, found.number)) return false;
        switch (found.number) {
        case 1:
            good = found.type == VARINT;
            into->dtype = (int32_t)(uint32_t)found.bits;
            break;
        case 2:
            good = found.type == BYTES && read_shape(found.bytes, into);
            break;
        case 3:
            good = found.type == VARINT;
            break;
        case 4:
            good = found.type == BYTES;
            into->content = found.bytes;
            break;
        case FLOAT_VAL:
        case 9: /* scomplex_val */
            good = read_values(&found, 4, into);
            break;
        case DOUBLE_VAL:
        case 12: /* dcomplex_val */
            good = read_values(&found, 8, into);
            break;
        case INT_VAL:
        case INT64_VAL:
        case BOOL_VAL:
        case HALF_VAL:
        case UINT32_VAL:
        case UINT64_VAL:
            good = read_values(&found, 0, into);
            break;
        case 8: /* string_val */
            good = found.type == BYTES;
            break;
        case 18:
            good = found.type == BYTES;
            into->float8 = found.bytes;
            break;
        default:
            break;
        }
        if (!good) return false;
    }
    return state == FIELD_NONE;
}

static double half_to_double(uint16_t half)
{
    int exponent = half >> 10 & 0x1F;
    uint64_t sign = (uint64_t)(half >> 15) << 63, fraction = half & 0x3FF;
    if (exponent == 0) { /* zero, or a subnormal: a multiple of 2^-24 */
        double magnitude = (double)fraction / 16777216.0;
        return sign ? -magnitude : magnitude;
    }
    uint64_t biased = exponent == 0x1F ? 0x7FF : (uint64_t)(exponent - 15 + 1023);
    return double_of(sign | biased << 52 | fraction << 42);
}

/* A DataType of one real number: the bytes of an element, and the *_val field that may hold it. */
static bool layout_of(int32_t dtype, size_t *width, uint32_t *list)
{
    static const uint8_t widths[24] = {[1] = 4,  [2] = 8,  [3] = 4,  [4] = 1,  [5] = 2,  [6] = 1,  [9] = 8,  [10] = 1,
                                       [11] = 1, [12] = 1, [13] = 4, [14] = 2, [15] = 2, [16] = 2, [17] = 2, [19] = 2,
                                       [22] = 4, [23] = 8};
    if (dtype < 1 || dtype > 23 || !widths[dtype]) return false;
    *width = widths[dtype];
    switch (dtype) {
    case 1: *list = FLOAT_VAL; break;
    case 2: *list = DOUBLE_VAL; break;
    case 9: *list = INT64_VAL; break;
    case 10: *list = BOOL_VAL; break;
    case 14:
    case 19: *list = HALF_VAL; break;
    case 22: *list = UINT32_VAL; break;
    case 23: *list = UINT64_VAL; break;
    default: *list = INT_VAL;
    }
    return true;
}

static bool number_of_bits(int32_t dtype, uint64_t bits, double *number)
{
    switch (dtype) {
    case 1: *number = (double)float_of((uint32_t)bits); return true;
    case 2: *number = double_of(bits); return true;
    case 3:
    case 13: *number = (double)(int32_t)(uint32_t)bits; return true;
    case 4:
    case 12: *number = (double)(uint8_t)bits; return true;
    case 5:
    case 15: *number = (double)(int16_t)(uint16_t)bits; return true;
    case 6:
    case 11: *number = (double)(int8_t)(uint8_t)bits; return true;
    case 9: *number = (double)(int64_t)bits; return true;
    case 10: *number = (double)bits; return bits <= 1;
    case 14: *number = (double)float_of((uint32_t)(uint16_t)bits << 16); return true;
    case 16:
    case 17: *number = (double)(uint16_t)bits; return true;
    case 19: *number = half_to_double((uint16_t)bits); return true;
    case 22: *number = (double)(uint32_t)bits; return true;
    case 23: *number = (double)bits; return true;
    default: return false;
    }
}

/* The number of a tensor that holds exactly one, in the place where its type has it; false for any other. */
static bool number_of(const tensor *of, double *number)
{
    size_t width;
    uint32_t list;
    uint64_t bits = of->first;
    if (of->unknown_rank || !of->all_ones || of->rank > 32 || !layout_of(of->dtype, &width, &list)) return false;
    if (of->content.n) {
        if (of->content.n != width) return false;
        bits = 0;
        memcpy(&bits, of->content.p, width);
    } else if (of->float8.n || of->several || of->list != list || of->list_count != 1) {
        return false;
    } else if (list == HALF_VAL && bits >> 16) { /* the bits of a float32 */
        return false;
    }
    return number_of_bits(of->dtype, bits, number);
}

/* Whether a tensor is a single real number, going by type and shape alone. */
static bool is_number(const tensor *of)
{
    enum { NUMERIC = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 9 | 1 << 10 };
    enum { MORE = 1 << 14 | 1 << 17 | 1 << 19 | 1 << 22 | 1 << 23 };
    bool numeric = of->dtype > 0 && of->dtype < 24 && ((NUMERIC | MORE) >> of->dtype & 1);
    return numeric && !of->rank && !of->unknown_rank;
}

#endif
