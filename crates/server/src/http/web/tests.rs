//! The files of the client are sent with the media types that browsers expect.

use super::media_type;

#[test]
fn a12_every_kind_of_file_of_the_client_has_its_media_type() {
    for (name, media) in [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/app.js", "text/javascript; charset=utf-8"),
        ("assets/app.css", "text/css; charset=utf-8"),
        ("data.json", "application/json"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("icon.svg", "image/svg+xml"),
        ("icon.png", "image/png"),
        ("hall.webp", "image/webp"),
        ("favicon.ico", "image/x-icon"),
        ("font.woff2", "font/woff2"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("beep.wav", "audio/wav"),
        ("beep.mp3", "audio/mpeg"),
        ("core.wasm", "application/wasm"),
        ("no-extension", "application/octet-stream"),
    ] {
        assert_eq!(media_type(name), media, "{name}");
    }
}
