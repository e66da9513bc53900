/* Events to records: scalars are encoded here, and what is serialized already is framed. */
#ifndef CELLBOARD_FRAME_H
#define CELLBOARD_FRAME_H

#include "python_types.h"
#include "record.h"

typedef struct {
    const crc_engine *crc;
    uint8_t *bytes;
    size_t size, room;
} output;

#define VARINT_MOST 10
/* What a scalar's record has besides its tag, at most: frame, wall time, step, four keys with their lengths, value. */
#define SCALAR_MOST (HEADER + FOOTER + 9 + 4 * (1 + VARINT_MOST) + 5)

static bool output_make_room(output *to, size_t more)
{
    if (to->room - to->size >= more) return true;
    if (more > PTRDIFF_MAX / 2 || to->size > PTRDIFF_MAX / 2 - more) return false;
    size_t room = (to->size + more) * 2;
    uint8_t *larger = realloc(to->bytes, room);
    if (!larger) return false;
    to->bytes = larger;
    to->room = room;
    return true;
}

static void put(output *to, const void *bytes, size_t size)
{
    if (size) memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
}

static void put_byte(output *to, uint8_t byte)
{
    to->bytes[to->size++] = byte;
}

static void put_varint(output *to, uint64_t number)
{
    for (; number > 0x7F; number >>= 7) put_byte(to, (uint8_t)(number | 0x80));
    put_byte(to, (uint8_t)number);
}

static size_t varint_size(uint64_t number)
{
    size_t size = 1;
    for (; number > 0x7F; number >>= 7) size++;
    return size;
}

/* Begin a record; `frame_end` fills in what depends on its payload. */
static size_t frame_begin(output *to)
{
    size_t begin = to->size;
    to->size += HEADER;
    return begin;
}

static void frame_end(output *to, size_t begin)
{
    uint8_t *header = to->bytes + begin;
    uint64_t length = to->size - begin - HEADER;
    memcpy(header, &length, 8);
    uint32_t crc = crc_masked(to->crc, header, 8);
    memcpy(header + 8, &crc, 4);
    crc = crc_masked(to->crc, header + HEADER, (size_t)length);
    put(to, &crc, FOOTER);
}

/* The record of an event of one scalar, as summaries/scalar.py has it; there is room for it. */
static void put_scalar(output *to, span tag, double value, int64_t step, double wall_time)
{
    enum { WALL_TIME = 0x09, STEP = 0x10, SUMMARY = 0x2A, VALUE = 0x0A, TAG = 0x0A, SIMPLE_VALUE = 0x15 };
    size_t tagged = (tag.n ? 1 + varint_size(tag.n) + tag.n : 0) + 5, begin = frame_begin(to);
    float single = (float)value;
    uint64_t time_bits;
    memcpy(&time_bits, &wall_time, 8);
    if (time_bits) {
        put_byte(to, WALL_TIME);
        put(to, &wall_time, 8);
    }
    if (step) {
        put_byte(to, STEP);
        put_varint(to, (uint64_t)step);
    }
    put_byte(to, SUMMARY);
    put_varint(to, 1 + varint_size(tagged) + tagged);
    put_byte(to, VALUE);
    put_varint(to, tagged);
    if (tag.n) {
        put_byte(to, TAG);
        put_varint(to, tag.n);
        put(to, tag.p, tag.n);
    }
    put_byte(to, SIMPLE_VALUE);
    put(to, &single, 4);
    frame_end(to, begin);
}

static bool frame_tagged(output *to, PyObject *tag, double value, int64_t step, double wall_time)
{
    Py_ssize_t size;
    PyObject *replaced = NULL;
    const char *text = PyUnicode_AsUTF8AndSize(tag, &size);
    if (!text && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) { /* a lone surrogate */
        char *octets;
        PyErr_Clear();
        replaced = PyUnicode_AsEncodedString(tag, "utf-8", "replace");
        if (!replaced || PyBytes_AsStringAndSize(replaced, &octets, &size) < 0) {
            Py_XDECREF(replaced);
            return false;
        }
        text = octets;
    }
    if (!text) return false;
    bool has_room = output_make_room(to, SCALAR_MOST + (size_t)size);
    if (has_room)
        put_scalar(to, (span){(const uint8_t *)text, (size_t)size}, value, step, wall_time);
    else
        PyErr_NoMemory();
    Py_XDECREF(replaced);
    return has_room;
}

static bool frame_scalar(output *to, PyObject *scalar)
{
    if (PyTuple_Size(scalar) != 4) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a scalar is a tag, a value, a step and a wall time");
        return false;
    }
    double value = PyFloat_AsDouble(PyTuple_GetItem(scalar, 1));
    if (value == -1.0 && PyErr_Occurred()) return false;
    long long step = PyLong_AsLongLong(PyTuple_GetItem(scalar, 2));
    if (step == -1 && PyErr_Occurred()) return false;
    double wall_time = PyFloat_AsDouble(PyTuple_GetItem(scalar, 3));
    if (wall_time == -1.0 && PyErr_Occurred()) return false;
    return frame_tagged(to, PyTuple_GetItem(scalar, 0), value, step, wall_time);
}

static bool frame_payload(output *to, PyObject *payload)
{
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(payload, &bytes, &size) < 0) return false;
    if (!output_make_room(to, (size_t)size + HEADER + FOOTER)) {
        PyErr_NoMemory();
        return false;
    }
    size_t begin = frame_begin(to);
    put(to, bytes, (size_t)size);
    frame_end(to, begin);
    return true;
}

/* frame_events(events) -> bytes */
static PyObject *frame_events(PyObject *module, PyObject *arguments)
{
    PyObject *events, *framed = NULL;
    output to = {.crc = &state_of(module)->crc};
    if (!PyArg_ParseTuple(arguments, "O!", &PyList_Type, &events)) return NULL;
    bool good = true;
    for (Py_ssize_t at = 0; good && at < PyList_Size(events); at++) {
        PyObject *event = PyList_GetItem(events, at);
        Py_INCREF(event); /* whatever another thread does to the list */
        good = PyBytes_Check(event) ? frame_payload(&to, event) : frame_scalar(&to, event);
        Py_DECREF(event);
    }
    if (good) framed = PyBytes_FromStringAndSize((const char *)to.bytes, (Py_ssize_t)to.size);
    free(to.bytes);
    return framed;
}

#endif
