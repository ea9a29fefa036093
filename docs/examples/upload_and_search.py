"""Uploads a picture, waits until it is searchable, and prints the names of what a query finds.

    GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... python3 docs/examples/upload_and_search.py beach.jpg "red kite"

Needs the package requests.
"""

import hashlib
import mimetypes
import os
import sys
import time

import requests

URL = os.environ["GLOSS_URL"]
path, query = sys.argv[1:3]
service = requests.Session()
service.headers["authorization"] = f"Bearer {os.environ['GLOSS_KEY']}"


def ask(method, route, **request):
    answer = service.request(method, URL + route, **request)
    if not answer.ok:  # problem details: a code for programs, a sentence for people
        problem = answer.json()
        sys.exit(f"{problem['code']}: {problem['detail']}")
    return answer.json()


def state_of(image_id):
    return ask("POST", "/v1/images/status", json={"ids": [image_id]})["images"][0]


# 1. Ask for a place to upload to.
with open(path, "rb") as file:
    content = file.read()
offered = {
    "name": os.path.basename(path),
    "bytes": len(content),
    "contentType": mimetypes.guess_type(path)[0],
    "sha256": hashlib.sha256(content).hexdigest(),
}
upload = ask("POST", "/v1/uploads", json={"files": [offered], "onExisting": "keep-both"})["uploads"][0]
if upload["status"] == "refused":
    sys.exit(upload["failure"]["reason"])

if upload["status"] == "accepted":
    # 2. Post the form: the fields as they were given, and the file last.
    before = state_of(upload["id"])
    posted = requests.post(upload["url"], data=upload["fields"], files={"file": content})
    posted.raise_for_status()

    # 3. Wait. Until the service has heard of the upload, the image is as it was.
    while True:
        image = state_of(upload["id"])
        if image.get("sequencer") != before.get("sequencer"):
            if image["status"] == "searchable":
                break
            if image["status"] == "failed":
                sys.exit(image["failure"]["reason"])
        time.sleep(0.5)

# 4. Search, page by page.
cursor = None
while True:
    page = ask("GET", "/v1/search", params={"q": query, "cursor": cursor})
    for hit in page["hits"]:
        print(hit["name"])
    cursor = page.get("cursor")
    if cursor is None:
        break
