/* What a scan has found, as Python objects. */
#ifndef CELLBOARD_RESULTS_H
#define CELLBOARD_RESULTS_H

#include "python_types.h"
#include "scan.h"

static PyObject *text_of(span text)
{
    return PyUnicode_DecodeUTF8((const char *)text.p, (Py_ssize_t)text.n, "surrogatepass");
}

/* Number the tags that have nothing but entries, behind those that have scalars, and make a list of them all. */
static PyObject *python_tags(scan *at)
{
    for (size_t row = 0; row < at->entries.rows; row++) {
        if (!scan_number_tag(at, at->entries.tag[row])) return PyErr_NoMemory();
        at->entries.tag[row] = at->states[at->entries.tag[row]].number;
    }
    PyObject *tags = PyList_New(at->numbered_count);
    for (int32_t number = 0; tags && number < at->numbered_count; number++) {
        PyObject *tag = text_of(string_at(&at->tags, at->numbered[number]));
        if (!tag || PyList_SetItem(tags, number, tag) < 0) Py_CLEAR(tags);
    }
    return tags;
}

static PyObject *python_kinds(const scan *at)
{
    PyObject *kinds = PyList_New(at->kinds_count);
    for (int32_t plugin = 0; kinds && plugin < at->plugins.count; plugin++) {
        if (at->kinds[plugin] < 0) continue;
        PyObject *kind = text_of(string_at(&at->plugins, plugin));
        if (!kind || PyList_SetItem(kinds, at->kinds[plugin], kind) < 0) Py_CLEAR(kinds);
    }
    return kinds;
}

/* Pairs of a tag and the bytes of its metadata. */
static PyObject *python_metadata(const scan *at)
{
    PyObject *all = PyList_New(0);
    for (int32_t tag = 0; all && tag < at->tags.count; tag++) {
        span name = string_at(&at->tags, tag), said = at->states[tag].metadata;
        if (!said.p) continue;
        PyObject *pair = Py_BuildValue("Ny#", text_of(name), (const char *)said.p, (Py_ssize_t)said.n);
        if (!pair || PyList_Append(all, pair) < 0) Py_CLEAR(all);
        Py_XDECREF(pair);
    }
    return all;
}

static PyObject *python_scalars(const module_state *state, scalar_columns *of)
{
    size_t rows = of->rows, room = of->room;
    of->room = 0;
    return Py_BuildValue("NNNN", column_of(state, &of->tag, rows * 4, room * 4),
                         column_of(state, &of->step, rows * 8, room * 8),
                         column_of(state, &of->wall_time, rows * 8, room * 8),
                         column_of(state, &of->value, rows * 8, room * 8));
}

static PyObject *python_entries(const module_state *state, entry_columns *of)
{
    size_t rows = of->rows, room = of->room;
    return Py_BuildValue("NNNNNNN", column_of(state, &of->kind, rows * 4, room * 4),
                         column_of(state, &of->tag, rows * 4, room * 4),
                         column_of(state, &of->step, rows * 8, room * 8),
                         column_of(state, &of->wall_time, rows * 8, room * 8),
                         column_of(state, &of->offset, rows * 8, room * 8),
                         column_of(state, &of->length, rows * 8, room * 8),
                         column_of(state, &of->item, rows * 4, room * 4));
}

#endif
