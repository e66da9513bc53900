/* The scan: from record to record, from each event to rows.
 *
 * It reads events that hold nothing but wall time, step and a summary, as nearly all do. Everything else it leaves to
 * its caller, and goes on when that has dealt with it; so what it knows of tags and plugins is always what the records
 * before have said. */
#ifndef CELLBOARD_SCAN_H
#define CELLBOARD_SCAN_H

#include "record.h"
#include "values.h"

/* What an event has besides its summary, and where; `step` is empty if it is absent. */
typedef struct {
    span payload, summary;
    const uint8_t *wall_time_at;
    span step_bytes;
    double wall_time;
    int64_t step;
} an_event;

/* Read the Values of a summary and say how many there are; the last one is in `last`. */
static verdict check_summary(scan *at, span summary, a_value *last, int32_t *count)
{
    reader from = reader_of(summary);
    field found = {0};
    field_state state;
    *count = 0;
    while ((state = next_field(&from, &found)) == FIELD) {
        if (found.number != 1) continue;
        if (found.type != BYTES) return NOT_MINE;
        verdict said = read_value(at, found.bytes, last);
        if (said != UNDERSTOOD) return said;
        ++*count;
    }
    return state == FIELD_NONE ? UNDERSTOOD : NOT_MINE;
}

/* Keep an event of one scalar for those that are like it. Without memory nothing is lost but time. */
static void learn_pattern(scan *at, const an_event *of, const a_value *found)
{
    size_t length = of->payload.n;
    const uint8_t *begin = of->payload.p;
    if (found->form != SCALAR || !found->number_bytes.p || !of->wall_time_at || length > PATTERN_LONGEST) return;
    pattern *kept = at->patterns[length];
    if (!kept) kept = at->patterns[length] = malloc(sizeof *kept);
    if (!kept) return;
    kept->wall_time = (uint8_t)(of->wall_time_at - begin);
    kept->step = of->step_bytes.p ? (uint8_t)(of->step_bytes.p - begin) : 0;
    kept->step_size = (uint8_t)of->step_bytes.n;
    kept->tag = (uint8_t)(found->tag_text.p - begin);
    kept->tag_size = (uint8_t)found->tag_text.n;
    kept->number = (uint8_t)(found->number_bytes.p - begin);
    kept->is_double = found->number_bytes.n == 8;
    kept->has_metadata = found->has_metadata;
    kept->is_certain = found->is_certain;
    kept->is_by_itself = found->is_by_itself;
    memcpy(kept->bytes, begin, length);
    pattern_set_mask(kept, length);
}

/* Read an event that is like the last one of its length; false if it is not. */
static inline bool read_alike(scan *at, span payload, verdict *said)
{
    const pattern *like = payload.n <= PATTERN_LONGEST ? at->patterns[payload.n] : NULL;
    if (!like || !pattern_matches(like, payload.p, payload.n)) return false;
    int32_t tag = find_known_tag(at, (span){payload.p + like->tag, like->tag_size});
    if (tag < 0) return false;
    if (like->has_metadata && !at->states[tag].has_metadata) return false;
    if (!like->is_certain) {
        int32_t plugin = scan_plugin_of(at, tag);
        if (plugin == NO_PLUGIN ? !like->is_by_itself : plugin != SCALARS) return false;
    }
    double wall_time = double_of(load64(payload.p + like->wall_time)), number = pattern_number(like, payload.p);
    bool noted = scan_add_scalar(at, tag, pattern_step(like, payload.p), wall_time, number);
    *said = noted ? UNDERSTOOD : NO_MEMORY;
    return true;
}

/* Note all of a summary that was checked, or nothing. */
static verdict read_summary(scan *at, const an_event *of)
{
    a_value found;
    int32_t count;
    verdict said = check_summary(at, of->summary, &found, &count);
    if (said != UNDERSTOOD) return said;
    if (count == 1) {
        learn_pattern(at, of, &found);
        return note_value(at, &found, of->step, of->wall_time, of->payload, 0) ? UNDERSTOOD : NO_MEMORY;
    }
    reader from = reader_of(of->summary);
    field one = {0};
    for (int32_t item = 0; next_field(&from, &one) == FIELD;) {
        if (one.number != 1) continue;
        said = read_value(at, one.bytes, &found);
        if (said != UNDERSTOOD) return said;
        if (!note_value(at, &found, of->step, of->wall_time, of->payload, item++)) return NO_MEMORY;
    }
    return UNDERSTOOD;
}

static verdict read_event(scan *at, span payload)
{
    enum { WALL_TIME = 1, STEP = 2, SUMMARY = 5, LAST_KNOWN = 10 };
    reader from = reader_of(payload);
    field found = {0};
    field_state state;
    uint32_t seen = 0;
    an_event of = {.payload = payload, .summary = {payload.p, 0}};
    while ((state = next_field(&from, &found)) == FIELD) {
        if (found.number > LAST_KNOWN) continue;
        if (!is_first(&seen, found.number)) return NOT_MINE;
        if (found.number == WALL_TIME && found.type == FIXED64) {
            of.wall_time = double_of(found.bits);
            of.wall_time_at = found.at;
        } else if (found.number == STEP && found.type == VARINT) {
            of.step = (int64_t)found.bits;
            of.step_bytes = (span){found.at, (size_t)(from.p - found.at)};
        } else if (found.number == SUMMARY && found.type == BYTES) {
            of.summary = found.bytes;
        } else {
            return NOT_MINE;
        }
    }
    return state == FIELD_NONE ? read_summary(at, &of) : NOT_MINE;
}

/* Whether a whole record begins at `begin`, by its header; tells the length of its payload. */
static inline bool is_framed(scan *at, size_t begin, size_t *length)
{
    size_t rest = at->data.n - begin;
    const uint8_t *header = at->data.p + begin;
    if (rest < HEADER) return false;
    uint64_t claimed = load64(header);
    if (claimed > MAX_PAYLOAD || claimed + HEADER + FOOTER > rest) return false;
    *length = (size_t)claimed;
    uint32_t crc = load32(header + 8);
    if (claimed > PATTERN_LONGEST) return crc_masked(at->crc, header, 8) == crc;
    if (!crc || at->header_crcs[claimed] != crc) { /* nearly always known: it depends on the length alone */
        if (crc_masked(at->crc, header, 8) != crc) return false;
        at->header_crcs[claimed] = crc;
    }
    return true;
}

/* Read the records from `*begin` on, up to one that the caller has to look at. Then that is where it is, with a payload
 * of `*length` bytes unless no record begins there; unless it has a bad payload or is not understood, too, `*begin` is
 * where to stop. */
static verdict scan_walk(scan *at, size_t *begin, size_t *length)
{
    while (is_framed(at, *begin, length)) {
        span payload = {at->data.p + *begin + HEADER, *length};
        at->record++;
        if (crc_masked(at->crc, payload.p, payload.n) != load32(payload.p + payload.n)) return BAD_PAYLOAD;
        verdict said;
        if (!read_alike(at, payload, &said)) said = read_event(at, payload);
        if (said != UNDERSTOOD) return said;
        at->events++;
        *begin += HEADER + *length + FOOTER;
    }
    return STOPPED;
}

#endif
