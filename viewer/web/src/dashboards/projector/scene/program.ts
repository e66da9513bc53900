/** A little over WebGL: programs with their attributes and uniforms by name, and buffers. */

export type Gl = WebGLRenderingContext | WebGL2RenderingContext;

export class NoWebGl extends Error {
  override name = "NoWebGl";
}

/** The context of a canvas, transparent where nothing is drawn. */
export function openGl(canvas: HTMLCanvasElement): Gl {
  const wanted: WebGLContextAttributes = {
    alpha: true,
    antialias: false,
    depth: true,
    premultipliedAlpha: true,
    preserveDrawingBuffer: false,
    powerPreference: "high-performance",
  };
  const gl = canvas.getContext("webgl2", wanted) ?? canvas.getContext("webgl", wanted);
  if (!gl) throw new NoWebGl("This browser draws no WebGL here");
  const isSecond = typeof WebGL2RenderingContext !== "undefined" && gl instanceof WebGL2RenderingContext;
  if (!isSecond && !gl.getExtension("OES_element_index_uint")) throw new NoWebGl("This browser's WebGL is too old");
  return gl;
}

export class Program {
  readonly handle: WebGLProgram;
  private readonly attributes = new Map<string, number>();
  private readonly uniforms = new Map<string, WebGLUniformLocation | null>();

  constructor(
    private readonly gl: Gl,
    vertex: string,
    fragment: string,
  ) {
    this.handle = gl.createProgram() as WebGLProgram;
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(kind) as WebGLShader;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.handle, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(this.handle);
    if (!gl.getProgramParameter(this.handle, gl.LINK_STATUS) && !gl.isContextLost()) {
      throw new NoWebGl(`The scene's program was refused: ${gl.getProgramInfoLog(this.handle) ?? ""}`);
    }
  }

  uniform(name: string): WebGLUniformLocation | null {
    let found = this.uniforms.get(name);
    if (found === undefined) {
      found = this.gl.getUniformLocation(this.handle, name);
      this.uniforms.set(name, found);
    }
    return found;
  }

  /** Have an attribute read from a buffer. */
  feed(name: string, buffer: WebGLBuffer, size: number, type: number, normalised = false): void {
    const { gl } = this;
    let at = this.attributes.get(name);
    if (at === undefined) {
      at = gl.getAttribLocation(this.handle, name);
      this.attributes.set(name, at);
    }
    if (at < 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, normalised, 0, 0);
  }

  /** What is not switched off would be read by the next program as well. */
  rest(): void {
    for (const at of this.attributes.values()) if (at >= 0) this.gl.disableVertexAttribArray(at);
  }

  close(): void {
    this.gl.deleteProgram(this.handle);
  }
}
