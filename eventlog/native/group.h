/* Scalars sorted by tag, in one pass over their columns. */
#ifndef CELLBOARD_GROUP_H
#define CELLBOARD_GROUP_H

#include "python_types.h"

typedef struct {
    const int32_t *tag;
    const uint64_t *column[3];
    uint64_t *grouped[3];
    size_t room[3]; /* bytes that those have */
    size_t rows, tags;
    int64_t *place; /* of the next row of each tag */
} grouping;

static bool group_count(grouping *of)
{
    memset(of->place, 0, (of->tags + 1) * sizeof *of->place);
    for (size_t row = 0; row < of->rows; row++) {
        if (of->tag[row] < 0 || (size_t)of->tag[row] >= of->tags) return false;
        of->place[of->tag[row] + 1]++;
    }
    for (size_t tag = 0; tag < of->tags; tag++) of->place[tag + 1] += of->place[tag];
    return true;
}

/* Afterwards the place of each tag is where its rows end. */
static void group_rows(grouping *of)
{
    for (size_t row = 0; row < of->rows; row++) {
        int64_t to = of->place[of->tag[row]]++;
        for (int column = 0; column < 3; column++) of->grouped[column][to] = of->column[column][row];
    }
}

static PyObject *group_result(const module_state *state, grouping *of)
{
    size_t size = of->rows * 8;
    return Py_BuildValue("NNNN", column_of(state, &of->place, of->tags * 8, of->tags * 8 + 8),
                         column_of(state, &of->grouped[0], size, of->room[0]),
                         column_of(state, &of->grouped[1], size, of->room[1]),
                         column_of(state, &of->grouped[2], size, of->room[2]));
}

/* Memory for the result, used before if there is any. */
static bool group_make_room(module_state *state, grouping *of)
{
    of->place = malloc((of->tags + 1) * sizeof *of->place);
    for (int column = 0; column < 3; column++) {
        of->room[column] = of->rows * 8 + 8;
        of->grouped[column] = pool_take(state, &of->room[column]);
        if (!of->grouped[column]) of->grouped[column] = malloc(of->room[column]);
    }
    return of->place && of->grouped[0] && of->grouped[1] && of->grouped[2];
}

static PyObject *group_buffers(module_state *state, const Py_buffer *tag, const Py_buffer columns[3], size_t tags)
{
    grouping of = {.tag = tag->buf, .rows = (size_t)tag->len / 4, .tags = tags};
    bool has_memory = group_make_room(state, &of), is_good = false;
    for (int column = 0; column < 3; column++) of.column[column] = columns[column].buf;
    if (has_memory) {
        Py_BEGIN_ALLOW_THREADS
        is_good = group_count(&of);
        if (is_good) group_rows(&of);
        Py_END_ALLOW_THREADS
    }
    if (is_good) return group_result(state, &of);
    free(of.place);
    for (int column = 0; column < 3; column++) free(of.grouped[column]);
    if (!has_memory) return PyErr_NoMemory();
    PyErr_SetString(PyExc_ValueError, "a row of no such tag");
    return NULL;
}

/* group(tag, step, wall_time, value, tags) -> (ends, step, wall_time, value) */
static PyObject *group_columns(PyObject *module, PyObject *arguments)
{
    Py_buffer tag, columns[3];
    Py_ssize_t tags;
    PyObject *grouped = NULL;
    if (!PyArg_ParseTuple(arguments, "y*y*y*y*n", &tag, &columns[0], &columns[1], &columns[2], &tags)) return NULL;
    bool fits = tags >= 0 && tags < PY_SSIZE_T_MAX / 16 && tag.len % 4 == 0;
    for (int column = 0; column < 3; column++) fits = fits && columns[column].len == tag.len * 2;
    if (fits)
        grouped = group_buffers(state_of(module), &tag, columns, (size_t)tags);
    else
        PyErr_SetString(PyExc_ValueError, "columns of int32 and three times 8 bytes, of one length");
    PyBuffer_Release(&tag);
    for (int column = 0; column < 3; column++) PyBuffer_Release(&columns[column]);
    return grouped;
}

#endif
