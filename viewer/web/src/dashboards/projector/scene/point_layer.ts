/** All points in one go: as discs, or as the pictures of a sheet. */

import type { Matrix } from "./camera";
import { type Gl, Program } from "./program";
import { POINTS_FRAGMENT, POINTS_VERTEX, SPRITES_FRAGMENT, SPRITES_VERTEX } from "./shaders";
import type { SheetPlan, SheetShape } from "./sheet";

export interface Look {
  /** Red, green, blue and opacity of each point, as bytes. */
  colors: Uint8Array;
  /** Size of each, 64: as all are. */
  scales: Uint8Array;
  /** 1: above all others; 2: not shown. Null: all alike. */
  front: Uint8Array | null;
}

export interface Sheet {
  shape: SheetShape;
  plan: SheetPlan;
  /** One a tile of the plan. */
  pictures: readonly ImageBitmap[];
}

export interface Shot {
  matrix: Matrix;
  /** Far ones first, those in front last. */
  order: Uint32Array;
  size: number;
  least: number;
  most: number;
  /** Distances where haze begins and where it is full. */
  fog: readonly [number, number];
  hazing: number;
  background: readonly [number, number, number];
}

/** The size of a point that is as large as all are. */
export const AS_ALL = 64;

export class PointLayer {
  private readonly discs: Program;
  private readonly places: WebGLBuffer;
  private readonly tints: WebGLBuffer;
  private readonly scales: WebGLBuffer;
  private readonly indices: WebGLBuffer;
  private sprites: { program: Program; cells: WebGLBuffer; textures: WebGLTexture[]; sheet: Sheet } | null = null;
  private isPlain = true;
  private front: Uint8Array | null = null;

  constructor(private readonly gl: Gl) {
    this.discs = new Program(gl, POINTS_VERTEX, POINTS_FRAGMENT);
    const make = (): WebGLBuffer => gl.createBuffer() as WebGLBuffer;
    [this.places, this.tints, this.scales, this.indices] = [make(), make(), make(), make()];
  }

  setPlaces(places: Float32Array): void {
    this.fill(this.places, places, this.gl.DYNAMIC_DRAW);
  }

  setLook({ colors, scales, front }: Look): void {
    this.fill(this.tints, colors, this.gl.DYNAMIC_DRAW);
    this.fill(this.scales, scales, this.gl.DYNAMIC_DRAW);
    this.front = front;
    this.isPlain = scales.every((scale) => scale === AS_ALL);
  }

  setSheet(sheet: Sheet | null): void {
    const { gl } = this;
    if (this.sprites) {
      for (const texture of this.sprites.textures) gl.deleteTexture(texture);
      gl.deleteBuffer(this.sprites.cells);
      this.sprites.program.close();
      this.sprites = null;
    }
    if (!sheet) return;
    const cells = gl.createBuffer() as WebGLBuffer;
    this.fill(cells, sheet.plan.cells, gl.STATIC_DRAW);
    const textures = sheet.pictures.map((picture) => this.texture(picture));
    this.sprites = { program: new Program(gl, SPRITES_VERTEX, SPRITES_FRAGMENT), cells, textures, sheet };
  }

  draw(shot: Shot): void {
    if (this.sprites) this.drawSprites(shot, this.sprites);
    else this.drawDiscs(shot);
  }

  private drawDiscs(shot: Shot): void {
    const { gl, discs } = this;
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.use(discs, shot);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.indices);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, shot.order, gl.STREAM_DRAW);
    gl.drawElements(gl.POINTS, shot.order.length, gl.UNSIGNED_INT, 0);
    discs.rest();
  }

  /** Pictures cover what is behind them; those in front are drawn last, as if nothing else was there. */
  private drawSprites(shot: Shot, { program, cells, textures, sheet }: NonNullable<PointLayer["sprites"]>): void {
    const { gl, front } = this;
    const { shape, plan } = sheet;
    gl.enable(gl.DEPTH_TEST);
    gl.disable(gl.BLEND);
    this.use(program, shot);
    program.feed("cell", cells, 2, gl.FLOAT);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.indices);
    gl.activeTexture(gl.TEXTURE0);
    gl.uniform1i(program.uniform("sheet"), 0);
    const longest = Math.max(shape.cellWidth, shape.cellHeight);
    gl.uniform2f(program.uniform("shape"), shape.cellWidth / longest, shape.cellHeight / longest);
    gl.uniform1f(program.uniform("framed"), 1);
    const isFront = (i: number): boolean => front !== null && front[i] === 1;
    for (const inFront of [false, true]) {
      if (inFront && !front) break;
      if (inFront) gl.clear(gl.DEPTH_BUFFER_BIT);
      plan.tiles.forEach((tile, at) => {
        const own = shot.order.filter((i) => plan.tileOf[i] === at && isFront(i) === inFront);
        if (!own.length) return;
        gl.bindTexture(gl.TEXTURE_2D, textures[at] as WebGLTexture);
        gl.uniform2f(program.uniform("span"), shape.cellWidth / tile.width, shape.cellHeight / tile.height);
        gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, own, gl.STREAM_DRAW);
        gl.drawElements(gl.POINTS, own.length, gl.UNSIGNED_INT, 0);
      });
    }
    program.rest();
    const without = shot.order.filter((i) => (plan.tileOf[i] as number) < 0);
    if (without.length) this.drawDiscs({ ...shot, order: without });
  }

  private use(program: Program, shot: Shot): void {
    const { gl } = this;
    gl.useProgram(program.handle);
    program.feed("place", this.places, 3, gl.FLOAT);
    program.feed("tint", this.tints, 4, gl.UNSIGNED_BYTE, true);
    program.feed("scale", this.scales, 1, gl.UNSIGNED_BYTE, true);
    gl.uniformMatrix4fv(program.uniform("matrix"), false, shot.matrix);
    // A byte of 64 is a quarter as WebGL reads it, or nearly.
    gl.uniform1f(program.uniform("size"), (shot.size * 255) / 256);
    gl.uniform1f(program.uniform("least"), shot.least);
    gl.uniform1f(program.uniform("most"), this.isPlain ? shot.most : shot.most * 2);
    gl.uniform2f(program.uniform("fog"), shot.fog[0], shot.fog[1]);
    gl.uniform1f(program.uniform("hazing"), shot.hazing);
    gl.uniform3f(program.uniform("background"), ...shot.background);
  }

  private texture(picture: ImageBitmap): WebGLTexture {
    const { gl } = this;
    const texture = gl.createTexture() as WebGLTexture;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    return texture;
  }

  private fill(buffer: WebGLBuffer, data: Float32Array | Uint8Array, usage: number): void {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, usage);
  }
}
