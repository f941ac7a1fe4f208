//! Recipes: a race can be run again when its files have changed or are gone.

use crowd::Race;
use sale::Span;
use scenario::{CUSTOM, Choice, Course, Kind, Library, Overrides, Recipe, ScenarioError};

use crate::test_folder::{MINE, TestFolder, told};

fn hash(recipe: &Recipe) -> String {
    let course = Course::new(recipe.clone()).unwrap();
    let until = course.scenario.rules.opens_at + Span::from_millis(60_000);
    let mut race = Race::new(course.scenario, 5).unwrap();
    race.advance(until, crowd::ignore);
    race.hash().to_string()
}

#[test]
fn d7_a_recipe_comes_back_from_its_json() {
    let recipe = TestFolder::new().recipe().unwrap();
    let json = recipe.to_json();
    assert!(!json.contains('\n'), "one line");
    let back = Recipe::from_json(&json).unwrap();
    assert_eq!(back, recipe);
    assert_eq!(back.to_json(), json);
    assert_eq!(hash(&back), hash(&recipe));
    assert_eq!(Course::new(back).unwrap().recipe, recipe, "a course knows its recipe");
}

#[test]
fn d9_a_composed_race_has_the_chosen_parts_and_the_times_of_the_first_race() {
    let library = Library::built_in();
    let choice = Choice { plan: "hall".into(), demand: "small".into(), style: "m-style".into() };
    let recipe = Recipe::compose(&library, &choice, None).unwrap();
    assert_eq!((recipe.name(), recipe.plan(), recipe.demand()), (CUSTOM, "hall", "small"));
    assert_eq!((recipe.style(), recipe.rivals()), ("m-style", 6_000));
    let course = Course::new(recipe).unwrap();
    let first = Course::new(Recipe::load(&library, "first-time", &Overrides::default()).unwrap());
    let first = first.unwrap();
    assert_eq!((course.lobby(), course.ends_at), (first.lobby(), first.ends_at));
    assert_eq!((course.title.en.as_str(), course.plan.name.as_str()), ("Your own race", "hall"));
    let fewer = Recipe::compose(&library, &choice, Some(7)).unwrap();
    assert_eq!(fewer.rivals(), 7);
}

#[test]
fn d7_text_that_is_no_recipe_is_refused() {
    let json = TestFolder::new().recipe().unwrap().to_json();
    let broken = [
        String::new(),
        "{}".to_owned(),
        "null".to_owned(),
        json[..json.len() - 1].to_owned(),
        json.replacen("\"rivals\":1500", "\"rivals\":-1", 1),
        json.replacen("\"rivals\":1500", "\"rivals\":1500,\"more\":1", 1),
        json.replacen("\"rivals\":1500", "\"rival\":1500", 1),
    ];
    for text in broken {
        assert_ne!(text, json);
        let error = Recipe::from_json(&text).unwrap_err();
        assert!(matches!(error, ScenarioError::Recorded(_)));
        assert!(error.to_string().starts_with("the recorded scenario is not understood"));
        assert_eq!(error.hint(), None);
    }
}

#[test]
fn d7_no_course_is_made_of_a_recipe_with_a_broken_file() {
    let json = TestFolder::new().recipe().unwrap().to_json();
    let broken = json.replacen("early_lock", "early_luck", 1);
    let error = Course::new(Recipe::from_json(&broken).unwrap()).unwrap_err();
    assert!(told(&error).contains("early_luck"), "{}", told(&error));
}

#[test]
fn d8_a_recipe_gives_the_same_race_when_files_have_changed_or_are_gone() {
    let folder = TestFolder::new();
    let recipe = folder.recipe().unwrap();
    let before = hash(&recipe);
    folder.change(Kind::People, "share = 0.45", "share = 0.99");
    folder.change(Kind::Style, "hold_at = \"click\"", "hold_at = \"done\"");
    assert_eq!(hash(&recipe), before);
    assert_ne!(hash(&folder.recipe().unwrap()), before);
    for kind in Kind::ALL {
        std::fs::remove_file(folder.path(kind, MINE)).unwrap();
    }
    assert_eq!(hash(&recipe), before);
    assert!(matches!(folder.recipe(), Err(ScenarioError::Unknown { .. })));
}
