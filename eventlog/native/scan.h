/* The scan: from record to record, from each event to rows.
 *
 * It reads events that hold nothing but wall time, step and a summary, as nearly all do. Everything else it leaves to
 * its caller, and goes on when that has dealt with it; so what it knows of tags and plugins is always what the records
 * before have said. */
#ifndef CELLBOARD_SCAN_H
#define CELLBOARD_SCAN_H

#include "columns.h"
#include "crc32c.h"
#include "messages.h"
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
    bool has_entries;
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
} value;

/* The fields of a Value as they are in the buffer. */
typedef struct {
    span tag, node_name, metadata, body;
    uint32_t which; /* number of the field of the oneof; 0 if there is none */
    uint64_t bits;
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
    return add_scalar(&at->scalars, state->number, step, wall_time, number);
}

static bool scan_add_entry(scan *at, int32_t plugin, int32_t tag, int64_t step, double wall_time, size_t begin,
                           size_t length, int32_t item)
{
    if (at->kinds[plugin] < 0) at->kinds[plugin] = at->kinds_count++;
    at->states[tag].has_entries = true;
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
            if (found.number != 2) raw->body = found.bytes;
        }
    }
    return state == FIELD_NONE ? UNDERSTOOD : NOT_MINE;
}

/* Number of the tag of a Value. Logs repeat their tags in the same order, so the one that came next last time is
 * tried first. */
static verdict find_tag(scan *at, const raw_value *raw, int32_t *tag)
{
    span name = raw->tag.n || raw->which != 8 ? raw->tag : raw->node_name;
    if (raw->node_name.n && !is_utf8(raw->node_name)) return NOT_MINE;
    int32_t guess = at->last_tag < 0 ? -1 : at->states[at->last_tag].next;
    if (guess >= 0 && same(string_at(&at->tags, guess), name)) {
        *tag = guess;
        return UNDERSTOOD;
    }
    *tag = strings_find(&at->tags, name);
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
        into->plugin = plugin != NO_PLUGIN ? plugin : is_number(&of) ? SCALARS : NO_PLUGIN;
        into->form = into->plugin == SCALARS ? SCALAR : ENTRY;
        return into->form == ENTRY || number_of(&of, &into->number) ? UNDERSTOOD : NOT_MINE;
    }
}

/* Read a Value; nothing is noted of it yet. */
static verdict read_value(scan *at, span bytes, value *into)
{
    raw_value raw;
    verdict said = read_raw_value(bytes, &raw);
    *into = (value){.form = NOTHING};
    if (said == UNDERSTOOD) said = find_tag(at, &raw, &into->tag);
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

/* Note all of a summary that was checked, or nothing. */
static verdict read_summary(scan *at, span summary, int64_t step, double wall_time, span payload)
{
    value found;
    int32_t count;
    verdict said = check_summary(at, summary, &found, &count);
    if (said != UNDERSTOOD) return said;
    if (count == 1) return note_value(at, &found, step, wall_time, payload, 0) ? UNDERSTOOD : NO_MEMORY;
    reader from = reader_of(summary);
    field one = {0};
    for (int32_t item = 0; next_field(&from, &one) == FIELD;) {
        if (one.number != 1) continue;
        said = read_value(at, one.bytes, &found);
        if (said != UNDERSTOOD) return said;
        if (!note_value(at, &found, step, wall_time, payload, item++)) return NO_MEMORY;
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
    double wall_time = 0;
    int64_t step = 0;
    span summary = {payload.p, 0};
    while ((state = next_field(&from, &found)) == FIELD) {
        if (found.number > LAST_KNOWN) continue;
        if (!is_first(&seen, found.number)) return NOT_MINE;
        if (found.number == WALL_TIME && found.type == FIXED64)
            wall_time = double_of(found.bits);
        else if (found.number == STEP && found.type == VARINT)
            step = (int64_t)found.bits;
        else if (found.number == SUMMARY && found.type == BYTES)
            summary = found.bytes;
        else
            return NOT_MINE;
    }
    return state == FIELD_NONE ? read_summary(at, summary, step, wall_time, payload) : NOT_MINE;
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
        verdict said = read_event(at, payload);
        if (said != UNDERSTOOD) return said;
        at->events++;
        *begin += HEADER + *length + FOOTER;
    }
    return STOPPED;
}

static bool scan_set_up(scan *at, const crc_engine *crc, span data, int64_t offset, const uint64_t key[2])
{
    *at = (scan){.crc = crc, .data = data, .offset = offset, .last_tag = -1};
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
    at->states = NULL;
    at->kinds = at->scalar_tags = NULL;
}

#endif
