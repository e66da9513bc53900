/**
 * A mesh as three.js draws it.
 *
 * In the scene its box has its middle at the origin and its corners at distance 1, whatever the units of the log are: what
 * lies far from the origin, or is very large or very small, would be lost in single precision otherwise.
 */

import {
  BufferAttribute,
  BufferGeometry,
  Group,
  LineBasicMaterial,
  LineSegments,
  type Material,
  Matrix4,
  OrthographicCamera,
  PerspectiveCamera,
  Points,
  Scene,
  type Camera as ThreeCamera,
  Mesh as ThreeMesh,
} from "three";
import type { Box, Mesh, Point } from "../../../api/meshes";
import type { Surface } from "../settings";
import { type Camera, centerOf, eyeOf, radiusOf } from "./camera";
import { type FrameLines, frameLines, type Segment } from "./frame_lines";
import { loggedLights, rawColor, usualLights } from "./lights";
import { faceMaterial, pointMaterial } from "./materials";
import { spreadOrder } from "./spread";
import type { ViewSettings } from "./view_settings";

export interface Dress {
  surface: Surface;
  /** In pixels of the canvas, and how many times as large as usual. */
  pointPixels: number;
  pointFactor: number;
  /** 0xrrggbb. */
  color: number;
  gridColor: number;
  axisColors: readonly [number, number, number];
  axes: boolean;
}

const WHOLE_BALL = 2.2;
const LEAST_NEAR = 1e-4;

export class MeshScene {
  readonly scene = new Scene();
  private readonly center: Point;
  private readonly radius: number;
  private readonly geometry: BufferGeometry;
  private readonly beside = new Group();
  private readonly lines: FrameLines | null;
  private hasNormals = false;
  private drawn: (Points | ThreeMesh | LineSegments)[] = [];

  constructor(
    private readonly mesh: Mesh,
    box: Box,
    private readonly settings: ViewSettings,
  ) {
    this.center = centerOf(box);
    this.radius = radiusOf(box);
    this.geometry = this.makeGeometry();
    this.lines = mesh.box && frameLines(mesh.box);
    const { lights } = settings;
    for (const light of lights ? loggedLights(lights, this.toScene) : usualLights()) {
      if (lights) this.scene.add(light);
      else this.beside.add(light);
    }
    this.scene.add(this.beside);
  }

  /** Put on what is chosen in the page. */
  dress(dress: Dress): void {
    this.undress();
    const { mesh, settings } = this;
    const look = { colored: mesh.colors !== null, color: dress.color };
    if (mesh.sent_triangles && dress.surface !== "points") {
      this.addNormals();
      const isFlat = dress.surface === "flat";
      const material = faceMaterial(settings.material, look, isFlat, dress.surface === "wires");
      this.add(new ThreeMesh(this.geometry, material));
    } else if (mesh.sent_points) {
      const points = { pixels: dress.pointPixels, factor: dress.pointFactor, radius: this.radius };
      this.add(new Points(this.pointGeometry(), pointMaterial(settings.material, { ...look, ...points })));
    }
    if (dress.axes && this.lines) {
      this.add(this.linesOf(this.lines.grid, dress.gridColor));
      this.lines.axes.forEach((axis, i) => {
        this.add(this.linesOf([axis], dress.axisColors[i] ?? dress.gridColor));
      });
    }
  }

  /** The camera of three.js for one of ours. */
  eye(camera: Camera, aspect: number): ThreeCamera {
    const { fov, isOrthographic, zoom } = this.settings;
    const distance = camera.distance / this.radius;
    const [eye, target] = [this.toScene(eyeOf(camera)), this.toScene(camera.target)];
    // Near enough not to cut into what is there, far enough to keep depths apart.
    const reach = Math.hypot(...eye);
    const near = Math.max(reach - WHOLE_BALL, distance * LEAST_NEAR, 1e-9);
    const far = Math.max(reach + WHOLE_BALL, near * 2);
    const top = (distance * Math.tan((fov / 360) * Math.PI)) / zoom;
    const made = isOrthographic
      ? new OrthographicCamera(-top * aspect, top * aspect, top, -top, near, far)
      : new PerspectiveCamera(fov, aspect, near, far);
    if (made instanceof PerspectiveCamera) made.zoom = zoom;
    made.position.set(...eye);
    made.lookAt(...target);
    made.updateProjectionMatrix();
    made.updateMatrixWorld();
    this.beside.position.set(...target);
    this.beside.quaternion.copy(made.quaternion);
    return made;
  }

  /** The matrix from the log's coordinates to those of the picture, column by column. */
  toClip(eye: ThreeCamera): readonly number[] {
    const [x, y, z] = this.center;
    const unit = 1 / this.radius;
    const toScene = new Matrix4().makeScale(unit, unit, unit).multiply(new Matrix4().makeTranslation(-x, -y, -z));
    return toScene.premultiply(eye.matrixWorldInverse).premultiply(eye.projectionMatrix).elements;
  }

  /** Ends of the axes in the scene, if they are drawn. */
  get axisEnds(): readonly Point[] {
    return this.lines ? this.lines.axes.map(([, end]) => this.toScene(end)) : [];
  }

  dispose(): void {
    this.undress();
    this.geometry.dispose();
  }

  readonly toScene = (point: Point): Point => [
    (point[0] - this.center[0]) / this.radius,
    (point[1] - this.center[1]) / this.radius,
    (point[2] - this.center[2]) / this.radius,
  ];

  /** Draw a share of the points of a cloud, spread over all of it, but so many at least; whether some are left out. */
  drawShare(share: number, least: number): boolean {
    const { sent_points: all, sent_triangles: triangles } = this.mesh;
    const count = triangles ? all : Math.min(all, Math.max(least, Math.round(all * share)));
    if (!triangles) this.geometry.setDrawRange(0, count);
    return count < all;
  }

  private makeGeometry(): BufferGeometry {
    const { vertices, faces, colors, sent_points: count } = this.mesh;
    const order = faces.length ? null : spreadOrder(count);
    const places = new Float32Array(vertices.length);
    const tints = colors && new Uint8Array(colors.length);
    for (let i = 0; i < count; i++) {
      const from = order ? (order[i] as number) : i;
      for (let axis = 0; axis < 3; axis++) {
        places[3 * i + axis] = ((vertices[3 * from + axis] as number) - (this.center[axis] as number)) / this.radius;
        if (tints && colors) tints[3 * i + axis] = colors[3 * from + axis] as number;
      }
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(places, 3));
    if (tints) geometry.setAttribute("color", new BufferAttribute(tints, 3, true));
    if (faces.length) geometry.setIndex(new BufferAttribute(faces, 1));
    return geometry;
  }

  /** Each point once, not for every triangle that it is a corner of. */
  private pointGeometry(): BufferGeometry {
    if (!this.geometry.index) return this.geometry;
    const geometry = new BufferGeometry();
    for (const [name, attribute] of Object.entries(this.geometry.attributes)) geometry.setAttribute(name, attribute);
    return geometry;
  }

  private addNormals(): void {
    if (this.hasNormals) return;
    this.geometry.computeVertexNormals();
    this.hasNormals = true;
  }

  private linesOf(segments: readonly Segment[], color: number): LineSegments {
    const geometry = new BufferGeometry();
    const places = new Float32Array(segments.flatMap(([from, to]) => [...this.toScene(from), ...this.toScene(to)]));
    geometry.setAttribute("position", new BufferAttribute(places, 3));
    const material = new LineBasicMaterial();
    material.color = rawColor(color);
    return new LineSegments(geometry, material);
  }

  private add(object: Points | ThreeMesh | LineSegments): void {
    // What is there is always in view: it is not looked for behind the camera.
    object.frustumCulled = false;
    this.drawn.push(object);
    this.scene.add(object);
  }

  private undress(): void {
    for (const object of this.drawn) {
      this.scene.remove(object);
      (object.material as Material).dispose();
      if (object.geometry !== this.geometry) object.geometry.dispose();
    }
    this.drawn = [];
  }
}
