/* The messages inside a Value: those that are only checked, by a table of their fields, and the metadata. */
#ifndef CELLBOARD_MESSAGES_H
#define CELLBOARD_MESSAGES_H

#include "tensor.h"

/* What a field holds: a wire type, or text, or doubles that may be packed. */
enum { KIND_VARINT = 'v', KIND_BYTES = 'b', KIND_FLOAT = 'f', KIND_DOUBLE = 'd', KIND_TEXT = 't', KIND_DOUBLES = 'D' };

/* A character for each field number from 1 on. */
#define IMAGE_FIELDS "vvvb"
#define HISTOGRAM_FIELDS "dddddDD"
#define AUDIO_FIELDS "fvvbt"
#define METADATA_FIELDS "bttv"
#define PLUGIN_DATA_FIELDS "tb"

static bool is_of_kind(const field *found, char kind)
{
    switch (kind) {
    case KIND_VARINT: return found->type == VARINT;
    case KIND_FLOAT: return found->type == FIXED32;
    case KIND_DOUBLE: return found->type == FIXED64;
    case KIND_BYTES: return found->type == BYTES;
    case KIND_TEXT: return found->type == BYTES && is_utf8(found->bytes);
    default: return found->type == FIXED64 || (found->type == BYTES && found->bytes.n % 8 == 0);
    }
}

/* Whether `message` has `fields`, those that it has, none of them twice unless it may be; `of_one` gets the bytes of
 * field 1. Unknown fields may be there as well. */
static bool is_message(span message, const char *fields, span *of_one)
{
    reader from = reader_of(message);
    field found = {0};
    field_state state;
    uint32_t seen = 0;
    size_t known = strlen(fields);
    while ((state = next_field(&from, &found)) == FIELD) {
        if (found.number > known) continue;
        char kind = fields[found.number - 1];
        if (!is_of_kind(&found, kind) || (kind != KIND_DOUBLES && !is_first(&seen, found.number))) return false;
        if (found.number == 1 && found.type == BYTES) *of_one = found.bytes;
    }
    return state == FIELD_NONE;
}

/* Take the name of the plugin out of a SummaryMetadata; "" if it names none. */
static bool read_metadata(span metadata, span *plugin)
{
    span plugin_data = {metadata.p, 0}, name = {metadata.p, 0};
    if (!is_message(metadata, METADATA_FIELDS, &plugin_data)) return false;
    if (!is_message(plugin_data, PLUGIN_DATA_FIELDS, &name)) return false;
    *plugin = name;
    return true;
}

#endif
