# The images of all components, built in parallel:  docker buildx bake
# One, or those of one topology:                    docker buildx bake posts     docker buildx bake microservices
# For both platforms, by a builder that can:        REGISTRY=... docker buildx bake --push every-platform
# `npm run images` does the same, and adds the revision, an SBOM, and a digest for each image that it pushes.

# what an image's name begins with when it is pushed: a registry's host, and a path where it has one
variable "REGISTRY" { default = "" }
variable "TAG" { default = "local" }
variable "NODE_IMAGE" { default = "node:26-trixie-slim" }
# for the labels; without a value there is no label
variable "VERSION" { default = "" }
variable "SOURCE" { default = "" }

variable "COMPONENTS" {
  default = [
    { name = "monolith", folder = "monolith" },
    { name = "gateway", folder = "gateway" },
    { name = "users", folder = "services/users" },
    { name = "threads", folder = "services/threads" },
    { name = "posts", folder = "services/posts" },
  ]
}

group "default" { targets = ["component"] }
group "microservices" { targets = ["gateway", "users", "threads", "posts"] }

target "component" {
  matrix = { component = COMPONENTS }
  name   = component.name
  args = {
    COMPONENT  = component.folder
    NODE_IMAGE = NODE_IMAGE
    # an image of the same sources is the same image, whenever it is built
    SOURCE_DATE_EPOCH = "0"
  }
  tags = ["${REGISTRY == "" ? "" : "${REGISTRY}/"}cleave/${component.name}:${TAG}"]
  labels = {
    "org.opencontainers.image.title"     = "Cleave: ${component.name}"
    "org.opencontainers.image.licenses"  = "MIT"
    "org.opencontainers.image.base.name" = NODE_IMAGE
    "org.opencontainers.image.version"   = VERSION == "" ? null : VERSION
    "org.opencontainers.image.source"    = SOURCE == "" ? null : SOURCE
  }
}

target "every-platform" {
  matrix    = { component = COMPONENTS }
  name      = "${component.name}-every-platform"
  inherits  = [component.name]
  platforms = ["linux/amd64", "linux/arm64"]
}
