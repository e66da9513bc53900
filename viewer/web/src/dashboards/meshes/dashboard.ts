import { type Dashboard, tagsOf } from "../dashboard";

export const meshes: Dashboard = {
  id: "meshes",
  title: "Meshes",
  icon: "mesh",
  words: "meshes",
  call: 'writer.add_mesh("cloud", vertices, colors=colors, faces=faces, global_step=step)',
  count: tagsOf("meshes"),
  keys: [
    { keys: ["←", "→", "↑", "↓"], does: "Turn the mesh; with Shift, move it" },
    { keys: ["+", "−"], does: "Closer, farther" },
    { keys: ["0"], does: "The whole mesh, as at first" },
  ],
  load: async () => (await import("./MeshesPage")).MeshesPage,
};
