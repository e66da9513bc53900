/* The scan: from record to record, from each event to rows.
 *
 * It reads events that hold nothing but wall time, step and a summary, as nearly all do. Everything else it leaves to
 * its caller, and goes on when that has dealt with it; so what it knows of tags and plugins is always what the records
 * before have said. */
#ifndef CELLBOARD_SCAN_H
#define CELLBOARD_SCAN_H

#include <math.h>

#include "columns.h"
#include "crc32c.h"
#include "messages.h"
#include "pattern.h"
#include "strings.h"

#define HEADER 12
#define FOOTER 4
#define MAX_PAYLOAD 0x7FFFFFFFu

/* Plugins that every scan knows, by their numbers. */
enum { NO_PLUGIN, SCALARS, IMAGES, HISTOGRAMS, AUDIO, PLUGINS_KNOWN };
static const char *const known_plugins[PLUGINS_KNOWN] = {"", "scalars", "images", "histograms", "audio"};

#define NOT_YET UINT64_MAX

typedef struct {
    int32_t number;      /* in the column of scalars; -1 if it has none */
    bool has_metadata;
    int32_t plugin;      /* of the tag */
    uint64_t since;      /* the record that said so: it holds for those after it */
    int32_t next;        /* the tag of the scalar that last came after one of this tag */
    span metadata;       /* first of the tag */
    span last_metadata;  /* and the last one, which names `last_plugin` */
    int32_t last_plugin;
} tag_state;

typedef struct {
    const crc_engine *crc;
    span data;
    int64_t offset; /* of `data` in the file */
    strings tags, plugins;
    tag_state *states; /* by tag */
    int32_t states_room;
    int32_t *kinds; /* by plugin: its number as a kind, or -1 */
    int32_t kinds_room, kinds_count;
    scalar_columns scalars;
    entry_columns entries;
    int32_t *scalar_tags; /* the tags that have scalars, by their number */
    int32_t scalar_tags_count, scalar_tags_room;
    int32_t last_tag; /* of the last scalar */
    pattern *patterns[PATTERN_LONGEST + 1]; /* by the length of the event */
    double first_wall_time, last_wall_time; /* of those above zero */
    uint64_t record;  /* records met so far */
    uint64_t events;  /* those of them that were understood */
} scan;

/* How a walk ends: no whole record begins there; its payload fails its CRC; it is for the caller; no memory. */
typedef enum { STOPPED, BAD_PAYLOAD, NOT_MINE, NO_MEMORY, UNDERSTOOD } verdict;

typedef enum { NOTHING, SCALAR, ENTRY } form;

typedef struct {
    form form;
    int32_t tag;
    int32_t plugin;          /* whose entry it is */
    bool has_metadata;
    span metadata;
    int32_t metadata_plugin; /* the plugin that it names */
    double number;
    span tag_text, number_bytes;   /* where tag and number are, the latter if it is a float or a double */
    bool is_certain, is_by_itself; /* a scalar whatever was said of its tag before; one if nothing was said */
} value;

/* The fields of a Value as they are in the buffer. */
typedef struct {
    span tag, node_name, metadata, body;
    uint32_t which; /* number of the field of the oneof; 0 if there is none */
    uint64_t bits; /* of simple_value */
    const uint8_t *number;
    bool has_metadata;
} raw_value;

static int32_t scan_tag(scan *at, span tag)
{
    int32_t number = strings_number(&at->tags, tag);
    if (number < at->states_room) return number;
    int32_t room = at->states_room ? at->states_room * 2 : 32;
    tag_state *states = realloc(at->states, (size_t)room * sizeof *states);
    if (!states) return -1;
    for (int32_t fresh = at->states_room; fresh < room; fresh++)
        states[fresh] = (tag_state){.number = -1, .since = NOT_YET, .next = -1, .last_plugin = -1};
    at->states = states;
    at->states_room = room;
    return number;
}

static int32_t scan_plugin(scan *at, span plugin)
{
    int32_t number = strings_number(&at->plugins, plugin);
    if (number < at->kinds_room) return number;
    int32_t room = at->kinds_room ? at->kinds_room * 2 : 16;
    int32_t *kinds = realloc(at->kinds, (size_t)room * sizeof *kinds);
    if (!kinds) return -1;
    for (int32_t fresh = at->kinds_room; fresh < room; fresh++) kinds[fresh] = -1;
    at->kinds = kinds;
    at->kinds_room = room;
    return number;
}

/* Plugin of a tag according to the records before this one. */
static inline int32_t scan_plugin_of(const scan *at, int32_t tag)
{
    const tag_state *state = &at->states[tag];
    return state->since < at->record ? state->plugin : NO_PLUGIN;
}

static inline void scan_note_time(scan *at, double wall_time)
{
    if (wall_time > 0 && wall_time < at->first_wall_time) at->first_wall_time = wall_time;
    if (wall_time > 0 && wall_time > at->last_wall_time) at->last_wall_time = wall_time;
}

static bool scan_add_scalar(scan *at, int32_t tag, int64_t step, double wall_time, double number)
{
    tag_state *state = &at->states[tag];
    if (state->number < 0) {
        if (at->scalar_tags_count == at->scalar_tags_room) {
            int32_t room = at->scalar_tags_room ? at->scalar_tags_room * 2 : 32;
            if (!column_resize(&at->scalar_tags, (size_t)room, sizeof *at->scalar_tags)) return false;
            at->scalar_tags_room = room;
        }
        at->scalar_tags[at->scalar_tags_count] = tag;
        state->number = at->scalar_tags_count++;
    }
    if (at->last_tag >= 0) at->states[at->last_tag].next = tag;
    at->last_tag = tag;
    scan_note_time(at, wall_time);
    return add_scalar(&at->scalars, at->data.n, state->number, step, wall_time, number);
}

static bool scan_add_entry(scan *at, int32_t plugin, int32_t tag, int64_t step, double wall_time, size_t begin,
                           size_t length, int32_t item)
{
    if (at->kinds[plugin] < 0) at->kinds[plugin] = at->kinds_count++;
    scan_note_time(at, wall_time);
    return add_entry(&at->entries, at->kinds[plugin], tag, step, wall_time, at->offset + (int64_t)begin,
                     (int64_t)length, item);
}

/* Note which plugin the record at hand says a tag is for; what came first stays. */
static inline void scan_note_plugin(scan *at, int32_t tag, int32_t plugin)
{
    tag_state *state = &at->states[tag];
    if (state->since != NOT_YET) return;
    state->plugin = plugin;
    state->since = at->record;
}

static verdict read_raw_value(span bytes, raw_value *raw)
{
    reader from = reader_of(bytes);
    field found = {0};
    field_state state;
    uint32_t seen = 0;
    *raw = (raw_value){.tag = {bytes.p, 0}, .node_name = {bytes.p, 0}, .body = {bytes.p, 0}};
    while ((state = next_field(&from, &found)) == FIELD) {
        if (found.number > 9) continue;
        if (found.type != (found.number == 2 ? FIXED32 : BYTES) || !is_first(&seen, found.number)) return NOT_MINE;
        switch (found.number) {
        case 1:
            raw->tag = found.bytes;
            break;
        case 7:
            raw->node_name = found.bytes;
            break;
        case 9:
            raw->metadata = found.bytes;
            raw->has_metadata = true;
            break;
        default:
            if (raw->which) return NOT_MINE;
            raw->which = found.number;
            raw->bits = found.bits;
            raw->number = found.at;
            if (found.number != 2) raw->body = found.bytes;
        }
    }
    return state == FIELD_NONE ? UNDERSTOOD : NOT_MINE;
}

/* Number of the tag of a Value. Logs repeat their tags in the same order, so the one that came next last time is
 * tried first. */
static inline int32_t find_known_tag(const scan *at, span tag)
{
    int32_t guess = at->last_tag < 0 ? -1 : at->states[at->last_tag].next;
    return guess >= 0 && same(string_at(&at->tags, guess), tag) ? guess : strings_find(&at->tags, tag);
}

static verdict find_tag(scan *at, const raw_value *raw, span *text, int32_t *tag)
{
    span name = raw->tag.n || raw->which != 8 ? raw->tag : raw->node_name;
    *text = name;
    if (raw->node_name.n && !is_utf8(raw->node_name)) return NOT_MINE;
    *tag = find_known_tag(at, name);
    if (*tag >= 0) return UNDERSTOOD;
    if (!is_utf8(name)) return NOT_MINE;
    *tag = scan_tag(at, name);
    return *tag < 0 ? NO_MEMORY : UNDERSTOOD;
}

/* The plugin that the metadata of a Value names. Metadata repeat themselves, so those of the tag before are kept. */
static verdict find_plugin(scan *at, int32_t tag, span metadata, int32_t *plugin)
{
    tag_state *state = &at->states[tag];
    span name;
    if (state->last_plugin < 0 || !same(state->last_metadata, metadata)) {
        if (!read_metadata(metadata, &name)) return NOT_MINE;
        int32_t number = scan_plugin(at, name);
        if (number < 0) return NO_MEMORY;
        state->last_metadata = metadata;
        state->last_plugin = number;
    }
    *plugin = state->last_plugin;
    return UNDERSTOOD;
}

static verdict read_body(const raw_value *raw, int32_t plugin, value *into)
{
    span ignored;
    tensor of;
    switch (raw->which) {
    case 0: /* then all of it is in the metadata */
        into->form = plugin == NO_PLUGIN || plugin == SCALARS ? NOTHING : ENTRY;
        into->plugin = plugin;
        return UNDERSTOOD;
    case 2:
        into->form = SCALAR;
        into->number = (double)float_of((uint32_t)raw->bits);
        into->number_bytes = (span){raw->number, 4};
        into->is_certain = true;
        return UNDERSTOOD;
    case 3:
        return UNDERSTOOD;
    case 4:
        into->form = ENTRY;
        into->plugin = IMAGES;
        return is_message(raw->body, IMAGE_FIELDS, &ignored) ? UNDERSTOOD : NOT_MINE;
    case 5:
        into->form = ENTRY;
        into->plugin = HISTOGRAMS;
        return is_message(raw->body, HISTOGRAM_FIELDS, &ignored) ? UNDERSTOOD : NOT_MINE;
    case 6:
        into->form = ENTRY;
        into->plugin = AUDIO;
        return is_message(raw->body, AUDIO_FIELDS, &ignored) ? UNDERSTOOD : NOT_MINE;
    default:
        if (!read_tensor(raw->body, &of)) return NOT_MINE;
        into->is_by_itself = is_number(&of);
        into->is_certain = into->has_metadata && into->metadata_plugin != NO_PLUGIN;
        into->plugin = plugin != NO_PLUGIN ? plugin : into->is_by_itself ? SCALARS : NO_PLUGIN;
        into->form = into->plugin == SCALARS ? SCALAR : ENTRY;
        if (of.dtype == 1 || of.dtype == 2)
            into->number_bytes = (span){of.content.n ? of.content.p : of.at, of.dtype == 1 ? 4 : 8};
        return into->form == ENTRY || number_of(&of, &into->number) ? UNDERSTOOD : NOT_MINE;
    }
}

/* Read a Value; nothing is noted of it yet. */
static verdict read_value(scan *at, span bytes, value *into)
{
    raw_value raw;
    verdict said = read_raw_value(bytes, &raw);
    *into = (value){.form = NOTHING};
    if (said == UNDERSTOOD) said = find_tag(at, &raw, &into->tag_text, &into->tag);
    if (said != UNDERSTOOD) return said;
    int32_t plugin = NO_PLUGIN;
    if (raw.has_metadata) {
        into->has_metadata = true;
        into->metadata = raw.metadata;
        said = find_plugin(at, into->tag, raw.metadata, &plugin);
        into->metadata_plugin = plugin;
    }
    if (said != UNDERSTOOD) return said;
    return read_body(&raw, plugin != NO_PLUGIN ? plugin : scan_plugin_of(at, into->tag), into);
}

static bool note_value(scan *at, const value *found, int64_t step, double wall_time, span payload, int32_t item)
{
    if (found->has_metadata) {
        tag_state *state = &at->states[found->tag];
        if (!state->has_metadata) state->metadata = found->metadata;
        state->has_metadata = true;
        scan_note_plugin(at, found->tag, found->metadata_plugin);
    }
    size_t begin = (size_t)(payload.p - at->data.p);
    switch (found->form) {
    case SCALAR: return scan_add_scalar(at, found->tag, step, wall_time, found->number);
    case ENTRY: return scan_add_entry(at, found->plugin, found->tag, step, wall_time, begin, payload.n, item);
    default: return true;
    }
}

/* What an event has besides its summary, and where; `step` is empty if it is absent. */
typedef struct {
    span payload, summary;
    const uint8_t *wall_time_at;
    span step_bytes;
    double wall_time;
    int64_t step;
} event;

/* Read the Values of a summary and say how many there are; the last one is in `last`. */
static verdict check_summary(scan *at, span summary, value *last, int32_t *count)
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
static void learn_pattern(scan *at, const event *of, const value *found)
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
static verdict read_summary(scan *at, const event *of)
{
    value found;
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
    event of = {.payload = payload, .summary = {payload.p, 0}};
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
static inline bool is_framed(const scan *at, size_t begin, size_t *length)
{
    size_t rest = at->data.n - begin;
    const uint8_t *header = at->data.p + begin;
    if (rest < HEADER) return false;
    uint64_t claimed = load64(header);
    if (claimed > MAX_PAYLOAD || claimed + HEADER + FOOTER > rest) return false;
    *length = (size_t)claimed;
    return crc_masked(at->crc, header, 8) == load32(header + 8);
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

static bool scan_set_up(scan *at, const crc_engine *crc, span data, int64_t offset, const uint64_t key[2])
{
    *at = (scan){.crc = crc, .data = data, .offset = offset, .last_tag = -1};
    at->first_wall_time = INFINITY;
    at->last_wall_time = -INFINITY;
    memcpy(at->tags.key, key, sizeof at->tags.key);
    memcpy(at->plugins.key, key, sizeof at->plugins.key);
    for (int32_t plugin = 0; plugin < PLUGINS_KNOWN; plugin++) {
        span name = {(const uint8_t *)known_plugins[plugin], strlen(known_plugins[plugin])};
        if (scan_plugin(at, name) < 0) return false;
    }
    return true;
}

static void scan_free(scan *at)
{
    strings_free(&at->tags);
    strings_free(&at->plugins);
    scalars_free(&at->scalars);
    entries_free(&at->entries);
    free(at->states);
    free(at->kinds);
    free(at->scalar_tags);
    for (size_t length = 0; length <= PATTERN_LONGEST; length++) free(at->patterns[length]);
    at->states = NULL;
    at->kinds = at->scalar_tags = NULL;
    memset(at->patterns, 0, sizeof at->patterns);
}

#endif
