// Bundles what the browser gets: names hold a digest of the content, and each text has its compressed twins.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { slimFont } from "./font.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "build");
const partial = `${target}.partial`;
const ENTRIES = ["portal.js", "results.js", "dossier.js", "map.css", "font.css"];

await rm(partial, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ENTRIES.map((name) => ({ in: join("src", name), out: name.replace(/\.\w+$/, "") })),
  outdir: partial,
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
  assetNames: "[name].[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true, // the map comes when it is asked for
  target: "es2020",
  loader: { ".woff2": "file", ".png": "empty" }, // Leaflet's own pictures: our markers are drawn in style
  plugins: [slimFont],
  publicPath: "/assets",
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, made] of Object.entries(metafile.outputs)) {
  const name = basename(path);
  if (/\.(js|css)$/.test(name)) await compress(join(here, path));
  if (made.entryPoint) manifest[basename(made.entryPoint)] = name;
}
await writeFile(join(partial, "manifest.json"), JSON.stringify(manifest, null, 2));
await rm(target, { recursive: true, force: true });
await rename(partial, target);

async function compress(path) {
  const content = await readFile(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  await writeFile(`${path}.br`, brotliCompressSync(content, { params: quality }));
}
