//! The house keeps its own rules: who may depend on whom, how files open and how long they are, and that the README is a true map.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Lines of a file before its tests begin.
const LONGEST_FILE: usize = 300;
/// Names under which anything could be put.
const SAY_NOTHING: [&str; 11] =
    ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "miscellaneous", "types", "stuff"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

// --- the arrows ---

/// The workspace's packages by name, and for each package of the whole tree the names it needs to be built and run (not to be tested).
struct Arrows {
    ours: BTreeSet<String>,
    needs: BTreeMap<String, BTreeSet<String>>,
}

impl Arrows {
    fn read() -> Self {
        let metadata: Value = serde_json::from_str(&cargo(&[
            "metadata",
            "--format-version=1",
            "--locked",
            "--all-features",
            "--filter-platform",
            &host(),
        ]))
        .unwrap();
        let names: BTreeMap<&str, &str> = list(&metadata["packages"]).map(|p| (text(&p["id"]), text(&p["name"]))).collect();
        let ours = list(&metadata["workspace_members"]).map(|id| names[text(id)].to_owned()).collect();
        let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            let of_node = needs.entry(names[text(&node["id"])].to_owned()).or_default();
            for dependency in list(&node["deps"]) {
                if list(&dependency["dep_kinds"]).any(|kind| kind["kind"] != "dev") {
                    of_node.insert(names[text(&dependency["pkg"])].to_owned());
                }
            }
        }
        Self { ours, needs }
    }

    /// Everything `from` reaches, at any depth.
    fn reached_from(&self, from: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut ahead = vec![from];
        while let Some(name) = ahead.pop() {
            for next in self.needs.get(name).into_iter().flatten() {
                if reached.insert(next.as_str()) {
                    ahead.push(next);
                }
            }
        }
        reached
    }

    /// The packages of any origin that name `dependency` themselves.
    fn who_needs(&self, dependency: &str) -> BTreeSet<&str> {
        self.needs.iter().filter(|(_, needs)| needs.contains(dependency)).map(|(name, _)| name.as_str()).collect()
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).current_dir(root()).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn host() -> String {
    cargo(&["-vV"]).lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

#[test]
fn cpis_knows_nothing_of_ours_and_has_no_runtime() {
    let arrows = Arrows::read();
    let reached = arrows.reached_from("cpis");
    for ours in &arrows.ours {
        assert!(!reached.contains(ours.as_str()), "cpis reaches {ours}");
    }
    for runtime in ["tokio", "sqlx", "sqlx-core", "axum", "reqwest", "hyper", "leptos", "futures"] {
        assert!(!reached.contains(runtime), "cpis reaches {runtime}");
    }
}

#[test]
fn app_never_reaches_the_registry_its_sql_or_the_http_server() {
    let arrows = Arrows::read();
    let reached = arrows.reached_from("app");
    assert!(reached.contains("leptos"), "the tree was not read");
    for forbidden in ["registry", "server", "sqlx", "sqlx-core", "libsqlite3-sys", "axum", "axum-core"] {
        assert!(!reached.contains(forbidden), "app reaches {forbidden}");
    }
}

#[test]
fn sql_is_needed_by_the_registry_alone() {
    assert_eq!(Arrows::read().who_needs("sqlx"), BTreeSet::from(["registry"]));
}

#[test]
fn http_is_served_by_the_server_and_the_sandbox_alone() {
    assert_eq!(Arrows::read().who_needs("axum"), BTreeSet::from(["sandbox", "server"]));
}

#[test]
fn nothing_is_built_on_the_sandbox_the_server_or_the_tools() {
    let arrows = Arrows::read();
    for end in ["sandbox", "server", "frontend", "bundle"] {
        assert!(arrows.ours.contains(end), "{end} is not in the workspace");
        assert_eq!(arrows.who_needs(end), BTreeSet::new(), "something is built on {end}");
    }
}

#[test]
fn the_registry_is_needed_by_the_server_alone() {
    assert_eq!(Arrows::read().who_needs("registry"), BTreeSet::from(["server"]));
}

// --- the files ---

/// Every file of the tree with this extension, paths from the root, without what is built, fetched or run.
fn files(extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut ahead = vec![root()];
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                let built = name.starts_with('.') || ["target", "node_modules", "data", "results"].contains(&name.as_str());
                if !built {
                    ahead.push(path);
                }
            } else if path.extension().is_some_and(|e| e == extension) {
                let shown = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((shown, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// Test files: by folder, by name, or because their module is declared for tests only.
fn is_test(path: &str, all: &[(String, String)]) -> bool {
    let (folder, name) = path.trim_end_matches(".rs").rsplit_once('/').unwrap_or(("", path));
    let declared_for_tests = |source: &str| {
        let declaration = format!("mod {name};");
        let mut lines = source.lines().zip(source.lines().skip(1));
        lines.any(|(before, line)| before.starts_with("#[cfg(") && before.contains("test") && line.ends_with(&declaration))
    };
    path.contains("/tests/")
        || name == "tests"
        || name.ends_with("_tests")
        || all.iter().any(|(parent, source)| parent.starts_with(folder) && declared_for_tests(source))
}

#[test]
fn every_rust_file_opens_by_saying_what_it_is() {
    let silent: Vec<_> = files("rs").into_iter().filter(|(_, source)| !source.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "these do not open with a //! sentence: {silent:#?}");
}

#[test]
fn no_rust_file_is_too_long_to_read_in_one_sitting() {
    let all = files("rs");
    let long: Vec<_> = all
        .iter()
        .filter(|(path, _)| !is_test(path, &all))
        .map(|(path, source)| (source.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count(), path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "split these by meaning: {long:#?}");
}

#[test]
fn no_file_or_folder_has_a_name_that_says_nothing() {
    let empty: Vec<_> = files("rs")
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.trim_end_matches(".rs").split('/').any(|part| SAY_NOTHING.contains(&part)))
        .collect();
    assert!(empty.is_empty(), "name these for what they hold: {empty:#?}");
}

#[test]
fn every_kind_of_database_has_the_same_migrations() {
    let folders: BTreeMap<PathBuf, BTreeSet<String>> = fs::read_dir(root().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| {
            let names = fs::read_dir(&path).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
            (path.clone(), names.collect())
        })
        .collect();
    let first = folders.values().next().unwrap();
    assert!(!first.is_empty() && folders.values().all(|names| names == first), "{folders:#?}");
}

// --- the map ---

/// What stands between backticks in the README, code blocks apart.
fn named_in_readme() -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let prose: Vec<&str> = readme.split("```").step_by(2).collect();
    prose.iter().flat_map(|part| part.lines()).flat_map(|line| line.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// A path of this tree, rather than an address, a command or a pattern.
fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "./_-".contains(c));
    plain
        && !word.starts_with('/')
        && (word.contains('/') || [".rs", ".toml", ".md", ".sh", ".js"].iter().any(|e| word.ends_with(e)))
}

#[test]
fn every_path_the_readme_names_exists() {
    let built_later = ["target/", "data/", "./data"];
    let lost: Vec<_> = named_in_readme()
        .into_iter()
        .filter(|word| is_path(word) && !built_later.iter().any(|start| word.starts_with(start)))
        .filter(|word| !root().join(word).exists())
        .collect();
    assert!(lost.is_empty(), "the README names what is not there: {lost:#?}");
}

#[test]
fn every_item_the_readme_names_is_in_its_crate() {
    let sources = files("rs");
    let lost: Vec<_> = named_in_readme()
        .into_iter()
        .filter(|word| word.contains("::") && word.chars().all(|c| c.is_ascii_alphanumeric() || "_:".contains(c)))
        .filter(|word| {
            let (of_crate, item) = (word.split("::").next().unwrap(), word.rsplit("::").next().unwrap());
            !sources.iter().any(|(path, source)| path.starts_with(&format!("{of_crate}/src/")) && holds_word(source, item))
        })
        .collect();
    assert!(lost.is_empty(), "the README names what is not there: {lost:#?}");
}

fn holds_word(source: &str, word: &str) -> bool {
    source.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|part| part == word)
}

#[test]
fn the_readme_names_every_crate() {
    let named: BTreeSet<String> = named_in_readme().into_iter().collect();
    let lost: Vec<_> = Arrows::read().ours.into_iter().filter(|name| !named.contains(name)).collect();
    assert!(lost.is_empty(), "the README does not name {lost:?}");
}
