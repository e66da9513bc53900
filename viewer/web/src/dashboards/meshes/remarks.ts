/** What is not drawn as it was logged, in words. */

import type { Mesh, MeshStep } from "../../api/meshes";
import { formatCount } from "../../format/numbers";

export function remarksOn(step: MeshStep, unknown: readonly string[]): string[] {
  const { meshes } = step;
  const sum = (count: (mesh: Mesh) => number): number => meshes.reduce((total, mesh) => total + count(mesh), 0);
  const remarks: string[] = [];
  const nowhere = sum(({ not_finite }) => not_finite);
  const outside = sum(({ outside }) => outside);
  const bare = meshes.filter((mesh) => mesh.triangles > 0 && mesh.sent_triangles === 0 && mesh.sent_points > 0);
  const cut = meshes.filter(isCut);
  if (nowhere) remarks.push(`${counted(nowhere, "point")} at NaN or infinity left out`);
  if (outside) {
    const all = sum(({ triangles }) => triangles);
    remarks.push(`${formatCount(outside)} of ${counted(all, "triangle")} left out: a corner is no point`);
  }
  if (bare.length) remarks.push("No triangle can be drawn: these are the points");
  if (cut.length) remarks.push(cutWords(cut));
  if (meshes.some(({ misfit }) => misfit)) remarks.push("The colors are not one for each point, and not used");
  if (unknown.length) remarks.push(`Not known here, and not used: ${unknown.join(", ")}`);
  return remarks;
}

const isCut = (mesh: Mesh): boolean => drawnOf(mesh).drawn < drawnOf(mesh).all;

/** Of the triangles if there are any, else of the points: how many there are, and how many were sent. */
function drawnOf(mesh: Mesh): { drawn: number; all: number } {
  if (mesh.sent_triangles) return { drawn: mesh.sent_triangles, all: mesh.triangles - mesh.outside };
  return { drawn: mesh.sent_points, all: mesh.points - mesh.not_finite };
}

function cutWords(cut: readonly Mesh[]): string {
  const sum = (of: "drawn" | "all"): number => cut.reduce((total, mesh) => total + drawnOf(mesh)[of], 0);
  const what = cut.every(({ sent_triangles }) => sent_triangles) ? "triangles" : "points";
  return `${formatCount(sum("drawn"))} of ${formatCount(sum("all"))} ${what} drawn, evenly chosen`;
}

/** `1 point`, `1 234 triangles`. */
export const counted = (count: number, one: string): string => `${formatCount(count)} ${one}${count === 1 ? "" : "s"}`;
