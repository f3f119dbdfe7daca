//! Builds the web assets with npm at compile time and lists them for `assets.rs`. Everything lands in OUT_DIR; the
//! source tree stays clean. `PREBUILT_WEB` names a folder made by an earlier build, for machines without Node.js.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, exit},
};

/// What decides the assets; a change in any of them runs this again.
const WATCHED: &[&str] = &[
    "assets/package.json",
    "assets/package-lock.json",
    "assets/build.mjs",
    "assets/icons.txt",
    "assets/js",
    "assets/css",
    "assets/room",
    "assets/widget",
    "assets/static",
    "templates",
    "texts",
    "src",
];

fn main() {
    for path in WATCHED {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-env-changed=PREBUILT_WEB");
    println!("cargo::rerun-if-env-changed=NPM");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let dist = match env::var_os("PREBUILT_WEB") {
        Some(folder) => PathBuf::from(folder),
        None => bundle(&out),
    };
    list(&dist, &out.join("assets.rs"));
}

/// Copy the sources, install the locked packages if they changed, and bundle.
fn bundle(out: &Path) -> PathBuf {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let work = out.join("npm");
    let dist = out.join("dist");
    let lock = work.join("package-lock.json");
    let locked = root.join("assets/package-lock.json");
    let installed = work.join("node_modules").is_dir() && same(&lock, &locked);
    for part in ["js", "css", "room", "widget", "static"] {
        let _ = fs::remove_dir_all(work.join(part));
        copy_dir(&root.join("assets").join(part), &work.join(part));
    }
    for file in ["package.json", "build.mjs", "icons.txt"] {
        copy(&root.join("assets").join(file), &work.join(file));
    }
    if !installed {
        copy(&locked, &lock);
        npm(&work, &["ci", "--no-audit", "--no-fund", "--prefer-offline"], &root, &dist);
    }
    npm(&work, &["run", "build", "--silent"], &root, &dist);
    dist
}

fn npm(dir: &Path, args: &[&str], root: &Path, dist: &Path) {
    let exe = env::var("NPM").unwrap_or_else(|_| if cfg!(windows) { "npm.cmd".into() } else { "npm".into() });
    match Command::new(&exe).args(args).current_dir(dir).env("ROOT", root).env("OUT", dist).output() {
        Ok(done) if done.status.success() => {}
        Ok(done) => {
            if args[0] == "ci" {
                let _ = fs::remove_dir_all(dir.join("node_modules"));
            }
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            let tail: Vec<_> = said.lines().rev().take(14).collect();
            let tail = tail.into_iter().rev().collect::<Vec<_>>().join("\n");
            fail(&format!("`{exe} {}` failed ({}):\n{tail}", args.join(" "), done.status));
        }
        Err(error) => fail(&format!(
            "cannot run `{exe}`: {error}\nThe web assets are built with npm. Install Node.js 20 or newer (Debian: apt-get install nodejs npm),\n\
             or point NPM at npm, or set PREBUILT_WEB to the `dist` folder of an earlier build."
        )),
    }
}

/// Write the table that `assets.rs` includes: logical name, hashed name, bytes, gzipped bytes.
fn list(dist: &Path, to: &Path) {
    let mut names: Vec<String> = fs::read_dir(dist)
        .unwrap_or_else(|error| fail(&format!("{}: {error}", dist.display())))
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.ends_with(".gz"))
        .collect();
    names.sort();
    let mut text = String::from("&[\n");
    for name in &names {
        let Some((stem, extension)) = name.rsplit_once('.') else { continue };
        let Some((plain, _hash)) = stem.rsplit_once('-') else { continue };
        let path = dist.join(name);
        let gz = dist.join(format!("{name}.gz"));
        let gz = if gz.is_file() { format!("Some(include_bytes!({gz:?}))") } else { "None".into() };
        text.push_str(&format!(
            "    Asset {{ name: \"{plain}.{extension}\", file: {name:?}, bytes: include_bytes!({path:?}), gzip: {gz} }},\n"
        ));
    }
    text.push_str("]\n");
    if fs::read_to_string(to).is_ok_and(|old| old == text) {
        return;
    }
    let mut file = fs::File::create(to).unwrap_or_else(|error| fail(&format!("{}: {error}", to.display())));
    file.write_all(text.as_bytes()).expect("OUT_DIR is writable");
}

fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("OUT_DIR is writable");
    let entries = fs::read_dir(from).unwrap_or_else(|error| fail(&format!("{}: {error}", from.display())));
    for entry in entries.flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy_dir(&entry.path(), &target) } else { copy(&entry.path(), &target) }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().expect("a file has a folder")).expect("OUT_DIR is writable");
    if let Err(error) = fs::copy(from, to) {
        fail(&format!("{}: {error}", from.display()));
    }
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(a), Ok(b)) if a == b)
}

fn fail(message: &str) -> ! {
    for line in message.lines() {
        println!("cargo::error={line}");
    }
    exit(1)
}
