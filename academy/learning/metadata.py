"""A course as schema.org says courses: for search engines and catalogues."""

import json
from typing import Any

from markupsafe import Markup

from academy.learning.queries import Contents


def course_metadata(contents: Contents, language: str, address: str) -> Markup:
    """Return the JSON-LD of a course; no text of it can end the script that holds it."""
    plan = contents.plan
    facts: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Course", "@id": address, "url": address,
        "name": plan.title[language], "description": plan.summary[language],
        "inLanguage": list(plan.languages), "isAccessibleForFree": True,
        "license": f"https://spdx.org/licenses/{plan.licence}.html",
        "provider": {"@type": "Organization", "name": "Asian Solidarity Economy Council"},
        "dateModified": contents.course.changed_at.isoformat(),
        "offers": {"@type": "Offer", "category": "Free"},
        "coursePrerequisites": [
            address.replace(f"/{contents.course.slug}/", f"/{slug}/") for slug in plan.prerequisites
        ],
        "hasCourseInstance": {
            "@type": "CourseInstance", "courseMode": "online",
            "courseWorkload": f"PT{contents.minutes}M",
        },
        "hasPart": [
            {
                "@type": "LearningResource", "name": line.titles[language],
                "url": f"{address}{line.module}/{line.slug}/", "timeRequired": f"PT{line.minutes}M",
            }
            for line in contents.lines
        ],
    }  # fmt: skip
    text = json.dumps(facts, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 (cut above)
