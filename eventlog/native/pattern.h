/* Scalar events that are alike.
 *
 * Training logs the same few scalars over and over: the events of one length mostly differ in wall time, step, tag and
 * number alone. So one that was taken apart is kept for its length, and those that have every other byte in common with
 * it are read without taking them apart; scan_patterns.py does the same for thousands at once. */
#ifndef CELLBOARD_PATTERN_H
#define CELLBOARD_PATTERN_H

#include <stdlib.h>

#include "bytes.h"

#define PATTERN_SHORTEST 8
#define PATTERN_LONGEST 255

typedef struct {
    uint8_t wall_time, step, step_size, tag, tag_size, number; /* places in the event, and sizes */
    bool is_double;
    bool has_metadata;
    bool is_certain;   /* it is a scalar whatever was said of its tag before */
    bool is_by_itself; /* it is one if nothing was said */
    uint8_t bytes[PATTERN_LONGEST + 1], mask[PATTERN_LONGEST + 1];
} pattern;

/* Which bytes events of a pattern have in common. */
static void pattern_set_mask(pattern *of, size_t length)
{
    memset(of->mask, 0xFF, length);
    memset(of->mask + of->wall_time, 0, 8);
    /* Of a step's bytes the highest bit says whether there are more. A tenth byte holds the sign alone. */
    memset(of->mask + of->step, 0x80, of->step_size < 9 ? of->step_size : 9);
    memset(of->mask + of->tag, 0, of->tag_size);
    memset(of->mask + of->number, 0, of->is_double ? 8 : 4);
    for (size_t at = 0; at < length; at++) of->bytes[at] &= of->mask[at];
}

static inline bool pattern_matches(const pattern *of, const uint8_t *event, size_t length)
{
    uint64_t differ = (load64(event + length - 8) & load64(of->mask + length - 8)) ^ load64(of->bytes + length - 8);
    for (size_t at = 0; at + 8 < length; at += 8)
        differ |= (load64(event + at) & load64(of->mask + at)) ^ load64(of->bytes + at);
    return !differ;
}

static inline int64_t pattern_step(const pattern *of, const uint8_t *event)
{
    uint64_t step = 0;
    for (unsigned at = 0; at < of->step_size; at++) step |= (uint64_t)(event[of->step + at] & 0x7F) << 7 * at;
    return (int64_t)step;
}

static inline double pattern_number(const pattern *of, const uint8_t *event)
{
    const uint8_t *number = event + of->number;
    return of->is_double ? double_of(load64(number)) : (double)float_of(load32(number));
}

#endif
