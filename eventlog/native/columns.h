/* Columns that grow row by row, and become Python's without being copied. */
#ifndef CELLBOARD_COLUMNS_H
#define CELLBOARD_COLUMNS_H

#include <stdlib.h>

#include "bytes.h"

typedef struct {
    size_t rows, room;
    int32_t *tag;
    int64_t *step;
    double *wall_time;
    double *value;
} scalar_columns;

typedef struct {
    size_t rows, room;
    int32_t *kind;
    int32_t *tag;
    int64_t *step;
    double *wall_time;
    int64_t *offset;
    int64_t *length;
    int32_t *item;
} entry_columns;

#define BYTES_A_ROW 40 /* at least, as a rule: so many rows are expected */

/* Give the array at `column` room for `rows` rows; on failure it stays as it was. */
static bool column_resize(void *column, size_t rows, size_t width)
{
    void *old, *larger;
    memcpy(&old, column, sizeof old);
    if (rows > PTRDIFF_MAX / width) return false;
    larger = realloc(old, rows * width);
    if (!larger) return false;
    memcpy(column, &larger, sizeof larger);
    return true;
}

static bool scalars_resize(scalar_columns *columns, size_t rows)
{
    return column_resize(&columns->tag, rows, 4) && column_resize(&columns->step, rows, 8) &&
           column_resize(&columns->wall_time, rows, 8) && column_resize(&columns->value, rows, 8);
}

static bool entries_resize(entry_columns *columns, size_t rows)
{
    return column_resize(&columns->kind, rows, 4) && column_resize(&columns->tag, rows, 4) &&
           column_resize(&columns->step, rows, 8) && column_resize(&columns->wall_time, rows, 8) &&
           column_resize(&columns->offset, rows, 8) && column_resize(&columns->length, rows, 8) &&
           column_resize(&columns->item, rows, 4);
}

/* `bytes` are those that the rows come from. */
static inline size_t more_room(size_t room, size_t bytes)
{
    return room ? room * 2 : bytes / BYTES_A_ROW + 16;
}

static inline bool add_scalar(scalar_columns *to, size_t bytes, int32_t tag, int64_t step, double wall_time,
                              double value)
{
    if (to->rows == to->room) {
        if (!scalars_resize(to, more_room(to->room, bytes))) return false;
        to->room = more_room(to->room, bytes);
    }
    size_t row = to->rows++;
    to->tag[row] = tag;
    to->step[row] = step;
    to->wall_time[row] = wall_time;
    to->value[row] = value;
    return true;
}

static bool add_entry(entry_columns *to, int32_t kind, int32_t tag, int64_t step, double wall_time, int64_t offset,
                      int64_t length, int32_t item)
{
    if (to->rows == to->room) {
        if (!entries_resize(to, more_room(to->room, 0))) return false;
        to->room = more_room(to->room, 0);
    }
    size_t row = to->rows++;
    to->kind[row] = kind;
    to->tag[row] = tag;
    to->step[row] = step;
    to->wall_time[row] = wall_time;
    to->offset[row] = offset;
    to->length[row] = length;
    to->item[row] = item;
    return true;
}

static void scalars_free(scalar_columns *columns)
{
    free(columns->tag);
    free(columns->step);
    free(columns->wall_time);
    free(columns->value);
    *columns = (scalar_columns){0};
}

static void entries_free(entry_columns *columns)
{
    free(columns->kind);
    free(columns->tag);
    free(columns->step);
    free(columns->wall_time);
    free(columns->offset);
    free(columns->length);
    free(columns->item);
    *columns = (entry_columns){0};
}

#endif
