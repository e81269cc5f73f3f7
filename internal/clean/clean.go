// Package clean turns what came in, bytes of plain text or HTML, into an article, and finds the parts that stand
// around the body of a wire story.
//
// In: bytes in any charset, with a hint of what they are; later, in the stage NewHeadline, the text of a document.
// Out: UTF-8 text with metadata and a map of its offsets back to the source bytes; then the spans of title, byline,
// dateline and sign-off. It never fetches anything, and never drops a character of a plain text.
package clean
