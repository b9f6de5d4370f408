// No validator: it is a service of another host.
SwaggerUIBundle({
  url: "openapi",
  dom_id: "#routes",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
