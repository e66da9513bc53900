/* What a Value of a summary is. */
#ifndef CELLBOARD_VALUES_H
#define CELLBOARD_VALUES_H

#include "found.h"
#include "messages.h"

/* How reading ends: where no whole record begins; at a payload that fails its CRC; at what is for the caller; without
 * memory; or well. */
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
} a_value;

/* The fields of a Value as they are in the buffer. */
typedef struct {
    span tag, node_name, metadata, body;
    uint32_t which; /* number of the field of the oneof; 0 if there is none */
    uint64_t bits; /* of simple_value */
    const uint8_t *number;
    bool has_metadata;
} raw_value;

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

static verdict read_body(const raw_value *raw, int32_t plugin, a_value *into)
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
static verdict read_value(scan *at, span bytes, a_value *into)
{
    raw_value raw;
    verdict said = read_raw_value(bytes, &raw);
    *into = (a_value){.form = NOTHING};
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

static bool note_value(scan *at, const a_value *found, int64_t step, double wall_time, span payload, int32_t item)
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

#endif
