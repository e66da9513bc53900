/** Programs of the scene, in the language that both versions of WebGL take. */

export const POINTS_VERTEX = `
attribute vec3 place;
attribute vec4 tint;
attribute float scale;
uniform mat4 matrix;
uniform float size;
uniform float least;
uniform float most;
uniform vec2 fog;
// As precise as in the other half of the program, or it is refused.
uniform mediump vec3 background;
uniform float hazing;
varying vec4 color;
varying vec2 edge;
void main() {
  gl_Position = matrix * vec4(place, 1.0);
  float pixels = clamp(size * scale * 4.0 / gl_Position.w, least, most);
  gl_PointSize = pixels;
  float haze = fog.y > fog.x ? clamp((gl_Position.w - fog.x) / (fog.y - fog.x), 0.0, 1.0) : 0.0;
  color = vec4(mix(tint.rgb, background, haze * hazing), tint.a);
  edge = vec2(pixels * 0.25, pixels > 5.0 ? 0.4 : 0.0);
}`;

/**
 * Round, soft at its edge for one pixel, a little paler towards it, so that points on points stay apart. Of a hundred
 * thousand points each instruction here is felt where there is no graphics card.
 */
export const POINTS_FRAGMENT = `
precision mediump float;
uniform vec3 background;
varying vec4 color;
varying vec2 edge;
void main() {
  vec2 from = gl_PointCoord * 2.0 - 1.0;
  float square = dot(from, from);
  float alpha = clamp((1.0 - square) * edge.x, 0.0, 1.0) * color.a;
  vec3 shown = mix(color.rgb, background, edge.y * clamp(square * 2.0 - 0.8, 0.0, 1.0));
  gl_FragColor = vec4(shown * alpha, alpha);
}`;

export const SPRITES_VERTEX = `
attribute vec3 place;
attribute vec4 tint;
attribute float scale;
attribute vec2 cell;
uniform mat4 matrix;
uniform float size;
uniform float least;
uniform float most;
uniform vec2 fog;
varying vec4 color;
varying vec2 corner;
varying float pixels;
varying float haze;
void main() {
  gl_Position = matrix * vec4(place, 1.0);
  pixels = clamp(size * scale * 4.0 / gl_Position.w, least, most);
  gl_PointSize = pixels;
  haze = fog.y > fog.x ? clamp((gl_Position.w - fog.x) / (fog.y - fog.x), 0.0, 1.0) : 0.0;
  color = tint;
  corner = cell;
}`;

/** A picture out of the sheet, framed in the point's colour. `span` is the part of the sheet that one takes. */
export const SPRITES_FRAGMENT = `
precision mediump float;
uniform sampler2D sheet;
uniform vec2 span;
uniform vec2 shape;
uniform vec3 background;
uniform float hazing;
uniform float framed;
varying vec4 color;
varying vec2 corner;
varying float pixels;
varying float haze;
void main() {
  vec2 at = (gl_PointCoord - 0.5) / shape + 0.5;
  if (at.x < 0.0 || at.x > 1.0 || at.y < 0.0 || at.y > 1.0) discard;
  float edge = min(min(at.x, 1.0 - at.x) * shape.x, min(at.y, 1.0 - at.y) * shape.y) * pixels;
  float frame = framed * (1.0 - step(clamp(pixels / 14.0, 1.0, 3.0), edge));
  vec4 texel = texture2D(sheet, corner + at * span);
  vec3 picture = mix(background, texel.rgb, texel.a);
  float faint = clamp((0.9 - color.a) * 1.4, 0.0, 1.0);
  vec3 shown = mix(picture, color.rgb, max(frame, faint * 0.6));
  shown = mix(shown, background, max(haze * hazing, faint * 0.82));
  gl_FragColor = vec4(shown, 1.0);
}`;

export const LINES_VERTEX = `
attribute vec3 place;
uniform mat4 matrix;
void main() {
  gl_Position = matrix * vec4(place, 1.0);
}`;

export const LINES_FRAGMENT = `
precision mediump float;
uniform vec4 color;
void main() {
  gl_FragColor = vec4(color.rgb * color.a, color.a);
}`;
