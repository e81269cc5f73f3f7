package match

import "regexp"

// Phrases and words by which sentences tell how their claims and counts are meant. They are general English of news, set by
// hand.

// mutual are stems of words for fights of two sides.
var mutual = stems("clash clashes clashed fight fighting fought battle battles battled war firefight combat exchange")

// denying finds words of denial with what they deny.
var denying = regexp.MustCompile(`(?i)\b(?:den(?:y|ies|ied|ying) (?:that|any|it|its|their|his|her|having|accusations?|allegations?|charges?|reports?|claims?|involvement|responsibility|\w+ing)` +
	`|(?:reject|dismiss|disput|refut)(?:e|s|es|ed|ing)? (?:\w+ ){0,2}(?:accusations?|allegations?|charges?|reports?|claims?|suggestions?|speculation))\b`)

// disclaims finds the verb of a statement that something was not done.
var disclaims = regexp.MustCompile(`(?i)\b(?:had|has|have|did|does|do|was|were|is|are)(?: not|n't|n’t)\b|\bnever\b`)

// material are the types of acts that their authors disclaim; a "not" about words is seldom a denial.
var material = []string{"ASSAULT", "COERCE", "AID", "MOBILIZE"}

// noDenials are phrases of a "not" that denies nothing.
var noDenials = []string{" not only", " not yet ", " no longer ", " not been able", " not just ", " not to ", " not known", " not clear", " not immediately", " failed to ", " failing to "}

// alternatives are phrases by which a figure counts two effects at once.
var alternatives = []string{" or wounded", " or injured", " or wounding", " or injuring", " or killed", " or missing", " or dead"}

// parts are phrases that make one figure of a sentence part of another.
var parts = []string{"including", "among ", "of them ", "of whom", "most of ", "mostly "}

// victims say who is counted. "people" holds all the others.
var victims = map[string]string{
	"people": "people", "persons": "people", "person": "people", "dead": "people", "deaths": "people", "bodies": "people", "others": "other", "victims": "people",
	"civilians": "civilian", "civilian": "civilian", "citizens": "civilian", "residents": "civilian", "villagers": "civilian", "worshippers": "civilian",
	"children": "child", "child": "child", "women": "woman", "woman": "woman", "girls": "child", "students": "civilian", "men": "man",
	"soldiers": "state", "troops": "state", "policemen": "state", "officers": "state", "servicemen": "state", "conscripts": "state", "police": "state", "soldier": "state",
	"rebels": "insurgent", "militants": "insurgent", "fighters": "fighter", "insurgents": "insurgent", "gunmen": "insurgent", "terrorists": "insurgent", "jihadists": "insurgent", "guerrillas": "insurgent",
	"journalists": "civilian", "doctors": "civilian", "medics": "civilian", "patients": "civilian", "members": "member", "hostages": "civilian",
}

// refers finds a definite noun that takes up a happening told before.
var refers = regexp.MustCompile(`(?i)\b(?:the|this|that|its|their) (?:\w+ )?(?:attack|attacks|explosion|blast|bombing|strike|strikes|raid|raids|shelling|massacre|incident|assault|toll|crash|clashes|ambush)\b|\bdeath toll\b`)

// rising finds a toll that is said to rise: its figure is a step on the way.
var rising = regexp.MustCompile(`(?i)\b(?:rais|increas|updat)(?:e|es|ed|ing) (?:the |its |their )?(?:\w+ )?toll\b|\btoll (?:\w+ ){0,3}(?:rose|rises|risen|climb(?:s|ed|ing)?|mount(?:s|ed|ing)?|increas(?:es|ed))\b`)

// additions are phrases that tell one happening beside another.
var additions = []string{" another ", " also ", " elsewhere", " separate", " meanwhile ", " similar ", " in addition", " other ", " more people", " more civilians", " more were",
	" further ", " too ", " as well ", " earlier ", " previous", " second attack", " days before", " day after", " day before", " days after", " one day ", " later "}

// longer are phrases of a count over a longer time than one happening.
var longer = []string{" since ", " so far ", " over the past ", " in the past ", " in the last ", " over the last ", " this week ", " this month ", " this year ", " last week ", " last month ",
	" total number", " altogether ", " overall ", " every day ", " each day ", " in recent ", " days of ", " weeks of ", " months of ", " years of ", " during the war", " so-far "}

// contrasts are words between a sentence's allegation and its denial.
var contrasts = []string{" but ", " while ", " although ", " though ", " however "}
