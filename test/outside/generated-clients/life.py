"""A picture's life with the client that openapi-python-client makes of /openapi.json. Prints what came of it as JSON."""

import json
import os
import sys
import time

import httpx

from gloss_client import AuthenticatedClient
from gloss_client.api.images import ask_status, delete_image, list_images, show_image
from gloss_client.api.search import search
from gloss_client.api.uploads import create_uploads
from gloss_client.models import AcceptedUpload, Image, Problem, StatusRequest, UploadFile, UploadsRequest

client = AuthenticatedClient(base_url=os.environ["GLOSS_URL"], token=os.environ["GLOSS_KEY"])
with open(sys.argv[1], "rb") as file:
    content = file.read()

offered = UploadFile(name="life.jpg", bytes_=len(content), content_type="image/jpeg")
invited = create_uploads.sync(client=client, body=UploadsRequest(files=[offered]))
upload = invited.uploads[0]
assert isinstance(upload, AcceptedUpload)
httpx.post(upload.url, data=upload.fields.to_dict(), files={"file": content}).raise_for_status()

while True:
    image = ask_status.sync(client=client, body=StatusRequest.from_dict({"ids": [upload.id]})).images[0]
    if isinstance(image, Image) and image.status in ("searchable", "failed"):
        break
    time.sleep(0.3)

found = [hit.name for hit in search.sync(client=client, q="cat").hits]
tags = [tag for view in show_image.sync(upload.id, client=client).gloss.views for tag in view.tags]
listed = [one.name for one in list_images.sync(client=client).images]
deleted = delete_image.sync_detailed(upload.id, client=client).status_code
gone = [hit.name for hit in search.sync(client=client, q="cat").hits]
problem = search.sync(client=client, q="red c?r")
assert isinstance(problem, Problem)
print(
    json.dumps(
        {
            "status": image.status,
            "found": found,
            "isCat": "cat" in tags,
            "listed": listed,
            "deleted": int(deleted),
            "gone": gone,
            "code": problem.code,
            "field": problem.field,
        }
    )
)
