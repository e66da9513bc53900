/* What a scan has found so far, and what it knows of tags and plugins. */
#ifndef CELLBOARD_FOUND_H
#define CELLBOARD_FOUND_H

#include <math.h>

#include "columns.h"
#include "crc32c.h"
#include "pattern.h"
#include "strings.h"

/* Plugins that every scan knows, by their numbers. */
enum { NO_PLUGIN, SCALARS, IMAGES, HISTOGRAMS, AUDIO, PLUGINS_KNOWN };
static const char *const known_plugins[PLUGINS_KNOWN] = {"", "scalars", "images", "histograms", "audio"};

#define NOT_YET UINT64_MAX

typedef struct {
    int32_t number;      /* in the columns; -1 if it has none */
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
    int32_t *numbered; /* the tags that have a number, by that: those with scalars, in the end those with entries too */
    int32_t numbered_count, numbered_room;
    int32_t last_tag; /* of the last scalar */
    pattern *patterns[PATTERN_LONGEST + 1];     /* by the length of the event */
    uint32_t header_crcs[PATTERN_LONGEST + 1]; /* likewise, once it was met; else 0, which is the CRC of none of them */
    double first_wall_time, last_wall_time; /* of those above zero */
    uint64_t record;  /* records met so far */
    uint64_t events;  /* those of them that were understood */
} scan;

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

/* Give a tag the next number, unless it has one. */
static bool scan_number_tag(scan *at, int32_t tag)
{
    tag_state *state = &at->states[tag];
    if (state->number >= 0) return true;
    if (at->numbered_count == at->numbered_room) {
        int32_t room = at->numbered_room ? at->numbered_room * 2 : 32;
        if (!column_resize(&at->numbered, (size_t)room, sizeof *at->numbered)) return false;
        at->numbered_room = room;
    }
    at->numbered[at->numbered_count] = tag;
    state->number = at->numbered_count++;
    return true;
}

static bool scan_add_scalar(scan *at, int32_t tag, int64_t step, double wall_time, double number)
{
    if (!scan_number_tag(at, tag)) return false;
    if (at->last_tag >= 0) at->states[at->last_tag].next = tag;
    at->last_tag = tag;
    scan_note_time(at, wall_time);
    return add_scalar(&at->scalars, at->data.n, at->states[tag].number, step, wall_time, number);
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
    free(at->numbered);
    for (size_t length = 0; length <= PATTERN_LONGEST; length++) free(at->patterns[length]);
    at->states = NULL;
    at->kinds = at->numbered = NULL;
    memset(at->patterns, 0, sizeof at->patterns);
}

#endif
