// The interactive documentation: Swagger UI over this service's own OpenAPI document.
window.SwaggerUIBundle({ url: "openapi.json", dom_id: "#swagger", deepLinking: true });
