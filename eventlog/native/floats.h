/* Rows of numbers as text, a tab between two of them: what files of embeddings hold, by the hundred megabytes.
 *
 * A number is parsed here if that gives for sure what the twin gives, which is the double next to what is written, made
 * a float. Any other cell is reported, and any line of another length than the rest ends the work: Python judges them. */
#ifndef CELLBOARD_FLOATS_H
#define CELLBOARD_FLOATS_H

#include <float.h>

#include "python_types.h"

#define MOST_DIGITS 19           /* whatever they are, they fit into 64 bits */
#define MOST_EXPONENT 44         /* two exact powers of ten get there */
#define EXACT_EXPONENT 22        /* the last power of ten that is exact */
#define EXACT_DIGITS (1ull << 53)
#define HALF_FLOAT (1u << 28)    /* of what a double has and a float has not, that which is halfway */
#define DOUBT 16                 /* so far off a double may be here, and more, in its last digits */

static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Cells that are left to Python: offset, length, and which of the numbers it is. */
typedef struct {
    int64_t *cells;
    size_t count, room;
} odd_cells;

static bool odd_note(odd_cells *odd, size_t offset, size_t length, size_t index)
{
    if (odd->count == odd->room) {
        size_t room = odd->room ? odd->room * 2 : 64;
        int64_t *more = realloc(odd->cells, room * 3 * sizeof *more);
        if (!more) return false;
        odd->cells = more;
        odd->room = room;
    }
    int64_t *cell = odd->cells + 3 * odd->count++;
    cell[0] = (int64_t)offset;
    cell[1] = (int64_t)length;
    cell[2] = (int64_t)index;
    return true;
}

/* digits * 10**exponent as a float; false if the last digit of it is in doubt. */
static bool float_scaled(uint64_t digits, int exponent, float *value)
{
    double found = (double)digits;
    int size = exponent < 0 ? -exponent : exponent;
    bool is_exact = FLT_EVAL_METHOD == 0 && digits < EXACT_DIGITS && size <= EXACT_EXPONENT;
    if (size > MOST_EXPONENT) return false;
    for (int left = size; left > 0; left -= EXACT_EXPONENT) {
        double power = TENS[left > EXACT_EXPONENT ? EXACT_EXPONENT : left];
        found = exponent < 0 ? found / power : found * power;
    }
    if (found < (double)FLT_MIN || found > (double)FLT_MAX) return false;
    if (!is_exact) {
        uint64_t bits;
        memcpy(&bits, &found, sizeof bits);
        uint32_t below = (uint32_t)bits & (2 * HALF_FLOAT - 1);
        if (below > HALF_FLOAT - DOUBT && below < HALF_FLOAT + DOUBT) return false;
    }
    *value = (float)found;
    return true;
}

/* A whole number of up to four digits with a sign, up to `end`. */
static bool exponent_of(const uint8_t *text, const uint8_t *end, int *value)
{
    bool minus = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+')) text++;
    if (text == end || end - text > 4) return false;
    int found = 0;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9') return false;
        found = found * 10 + (*text - '0');
    }
    *value = minus ? -found : found;
    return true;
}

/* The number that is written there and nothing else; false if it is not for sure. */
static bool float_written(const uint8_t *text, const uint8_t *end, float *value)
{
    bool minus = text < end && *text == '-', has_point = false;
    if (text < end && (*text == '-' || *text == '+')) text++;
    uint64_t digits = 0;
    int significant = 0, written = 0, exponent = 0, said = 0;
    for (; text < end; text++) {
        unsigned digit = (unsigned)*text - '0';
        if (digit < 10) {
            digits = digits * 10 + digit;
            significant += digits != 0;
            if (significant > MOST_DIGITS) return false;
            written++;
            exponent -= has_point;
        } else if (*text == '.' && !has_point) {
            has_point = true;
        } else {
            break;
        }
    }
    if (!written) return false;
    if (text < end && ((*text | 32) != 'e' || !exponent_of(text + 1, end, &said))) return false;
    float found = 0;
    if (digits && !float_scaled(digits, exponent + said, &found)) return false;
    *value = minus ? -found : found;
    return true;
}

/* Where a line ends without its end, and in `next` where the next one begins. */
static const uint8_t *line_end(const uint8_t *line, const uint8_t *end, const uint8_t **next)
{
    const uint8_t *stop = memchr(line, '\n', (size_t)(end - line));
    *next = stop ? stop + 1 : end;
    if (!stop) stop = end;
    while (stop > line && stop[-1] == '\r') stop--;
    return stop;
}

static size_t rows_count(const uint8_t *data, size_t size)
{
    size_t rows = 0;
    for (const uint8_t *line = data, *end = data + size, *next; line < end; line = next)
        rows += line_end(line, end, &next) > line;
    return rows;
}

typedef struct {
    const uint8_t *data;
    size_t size, dims;
    const int64_t *picked; /* rows, ascending; NULL: all */
    size_t wanted;         /* how many rows there is room for */
    float *out;
    odd_cells odd;
} row_parse;

static bool row_parse_line(row_parse *of, const uint8_t *line, const uint8_t *stop, size_t index)
{
    size_t last = index + of->dims;
    for (const uint8_t *cell = line;; index++) {
        const uint8_t *end = cell;
        while (end < stop && *end != '\t') end++;
        if (index == last) return false;
        if (!float_written(cell, end, of->out + index)
            && !odd_note(&of->odd, (size_t)(cell - of->data), (size_t)(end - cell), index))
            return false;
        if (end == stop) return index + 1 == last;
        cell = end + 1;
    }
}

/* False if a line is of another length, if rows are missing, or if there is no memory. */
static bool row_parse_all(row_parse *of)
{
    size_t row = 0, done = 0;
    for (const uint8_t *line = of->data, *end = line + of->size, *next; line < end && done < of->wanted; line = next) {
        const uint8_t *stop = line_end(line, end, &next);
        if (stop == line) continue;
        if (!of->picked || of->picked[done] == (int64_t)row) {
            if (!row_parse_line(of, line, stop, done * of->dims)) return false;
            done++;
        }
        row++;
    }
    return done == of->wanted;
}

static PyObject *floats_count(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer data;
    size_t rows;
    if (!PyArg_ParseTuple(arguments, "y*", &data)) return NULL;
    Py_BEGIN_ALLOW_THREADS
    rows = rows_count(data.buf, (size_t)data.len);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&data);
    return PyLong_FromSize_t(rows);
}

static PyObject *floats_result(row_parse *of)
{
    bool is_good;
    Py_BEGIN_ALLOW_THREADS
    is_good = row_parse_all(of);
    Py_END_ALLOW_THREADS
    PyObject *result = NULL;
    if (is_good) {
        result = PyBytes_FromStringAndSize((const char *)of->odd.cells, (Py_ssize_t)(of->odd.count * 24));
    } else {
        result = Py_NewRef(Py_None);
    }
    free(of->odd.cells);
    return result;
}

static PyObject *floats_parse(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer data, picked = {0}, out;
    Py_ssize_t dims;
    PyObject *rows, *result = NULL;
    if (!PyArg_ParseTuple(arguments, "y*nOw*", &data, &dims, &rows, &out)) return NULL;
    if (rows == Py_None || PyObject_GetBuffer(rows, &picked, PyBUF_SIMPLE) == 0) {
        row_parse of = {.data = data.buf, .size = (size_t)data.len, .dims = (size_t)dims, .picked = picked.buf,
                        .out = out.buf};
        of.wanted = dims > 0 ? (size_t)out.len / 4 / of.dims : 0;
        if (dims < 1 || (rows != Py_None && (size_t)picked.len / 8 < of.wanted)) {
            PyErr_SetString(PyExc_ValueError, "no room for rows of that many numbers");
        } else {
            result = floats_result(&of);
        }
        if (rows != Py_None) PyBuffer_Release(&picked);
    }
    PyBuffer_Release(&data);
    PyBuffer_Release(&out);
    return result;
}

#endif
