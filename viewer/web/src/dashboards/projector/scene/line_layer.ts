/** Straight lines in the scene: its axes. */

import type { Matrix } from "./camera";
import { type Gl, Program } from "./program";
import { LINES_FRAGMENT, LINES_VERTEX } from "./shaders";

export class LineLayer {
  private readonly program: Program;
  private readonly places: WebGLBuffer;

  constructor(private readonly gl: Gl) {
    this.program = new Program(gl, LINES_VERTEX, LINES_FRAGMENT);
    this.places = gl.createBuffer() as WebGLBuffer;
  }

  /** `ends` holds x, y, z of both ends of each line. */
  draw(ends: Float32Array, matrix: Matrix, color: readonly [number, number, number], opacity: number): void {
    const { gl, program } = this;
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.useProgram(program.handle);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, ends, gl.STREAM_DRAW);
    program.feed("place", this.places, 3, gl.FLOAT);
    gl.uniformMatrix4fv(program.uniform("matrix"), false, matrix);
    gl.uniform4f(program.uniform("color"), ...color, opacity);
    gl.drawArrays(gl.LINES, 0, ends.length / 3);
    program.rest();
  }
}
