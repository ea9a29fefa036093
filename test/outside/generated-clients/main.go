// A picture's life with the client that oapi-codegen makes of /openapi.json. Prints what came of it as JSON.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"time"

	"life/gloss"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	ctx := context.Background()
	key := func(_ context.Context, request *http.Request) error {
		request.Header.Set("authorization", "Bearer "+os.Getenv("GLOSS_KEY"))
		return nil
	}
	client := must(gloss.NewClientWithResponses(os.Getenv("GLOSS_URL"), gloss.WithRequestEditorFn(key)))
	content := must(os.ReadFile(os.Args[1]))

	files := []gloss.UploadFile{{Name: "life.jpg", Bytes: int64(len(content)), ContentType: "image/jpeg"}}
	invited := must(client.CreateUploadsWithResponse(ctx, nil, gloss.UploadsRequest{Files: files}))
	upload := must(invited.JSON200.Uploads[0].AsAcceptedUpload())
	post(upload, content)

	var image gloss.Image
	for image.Status != "searchable" && image.Status != "failed" {
		time.Sleep(300 * time.Millisecond)
		var asked gloss.StatusRequest
		if err := json.Unmarshal([]byte(`{"ids": ["`+upload.Id+`"]}`), &asked); err != nil {
			panic(err)
		}
		answer := must(client.AskStatusWithResponse(ctx, nil, asked))
		image = must(answer.JSON200.Images[0].AsImage())
	}

	names := func() []string {
		found := []string{}
		for _, hit := range must(client.SearchWithResponse(ctx, &gloss.SearchParams{Q: "cat"})).JSON200.Hits {
			found = append(found, hit.Name)
		}
		return found
	}
	found := names()
	isCat := false
	for _, view := range must(client.ShowImageWithResponse(ctx, upload.Id)).JSON200.Gloss.Views {
		isCat = isCat || slices.Contains(view.Tags, "cat")
	}
	listed := []string{}
	for _, one := range must(client.ListImagesWithResponse(ctx, nil)).JSON200.Images {
		listed = append(listed, one.Name)
	}
	deleted := must(client.DeleteImageWithResponse(ctx, upload.Id, nil)).StatusCode()
	problem := must(client.SearchWithResponse(ctx, &gloss.SearchParams{Q: "red c?r"})).ApplicationproblemJSON400
	fmt.Println(string(must(json.Marshal(map[string]any{
		"status": image.Status, "found": found, "isCat": isCat, "listed": listed,
		"deleted": deleted, "gone": names(), "code": problem.Code, "field": problem.Field,
	}))))
}

func post(upload gloss.AcceptedUpload, content []byte) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range upload.Fields {
		if err := form.WriteField(name, value); err != nil {
			panic(err)
		}
	}
	must(must(form.CreateFormFile("file", "file")).Write(content))
	if err := form.Close(); err != nil {
		panic(err)
	}
	answer := must(http.Post(upload.Url, form.FormDataContentType(), &body))
	if answer.StatusCode >= 300 {
		panic(answer.Status)
	}
}
