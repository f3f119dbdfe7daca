// Bundles scripts, styles, fonts and the icon sprite into OUT, with the content's hash in every name.
// Run by ../build.rs; `ROOT` is crates/web, `OUT` a folder in cargo's OUT_DIR.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const root = process.env.ROOT;
const out = process.env.OUT;
const icons = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  entryPoints: { app: "js/app.js", till: "js/till.js", room: "room/room.js", softphone: "room/softphone.js", widget: "widget/widget.js", style: "css/app.css" },
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome123", "firefox121", "safari17.5"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  logLevel: "warning",
  outdir: out,
});

put("icons.svg", sprite());
for (const name of readdirSync("static")) put(name, readFileSync(join("static", name)));
for (const name of readdirSync(out)) {
  if (extname(name) === ".woff2") continue;
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
}

/** Write one file under its name with its hash. */
function put(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const extension = extname(name);
  writeFileSync(join(out, `${basename(name, extension)}-${hash}${extension}`), bytes);
}

/** One symbol per icon that a template or a source file names as icon("name"), plus those in icons.txt. */
function sprite() {
  const names = new Set(readFileSync("icons.txt", "utf8").split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean));
  for (const folder of ["templates", "src", "examples"]) {
    for (const file of readdirSync(join(root, folder), { recursive: true })) {
      if (!/\.(html|rs)$/.test(file)) continue;
      for (const found of readFileSync(join(root, folder, file), "utf8").matchAll(/\bicon\("([a-z0-9-]+)"\)/g)) names.add(found[1]);
    }
  }
  const symbols = [...names].sort().map((name) => {
    let svg;
    try {
      svg = readFileSync(join(icons, `${name}.svg`), "utf8");
    } catch {
      throw new Error(`there is no Lucide icon "${name}" (see https://lucide.dev/icons)`);
    }
    const inner = svg.replace(/<!--.*?-->/gs, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}
