# What every set of manifests of ours keeps, beyond what a schema can say. Input: {"objects": [...]}, a whole overlay at once.
package motcua

import rego.v1

workloads contains one if {
	some one in input.objects
	one.kind in {"Deployment", "StatefulSet", "DaemonSet", "Job"}
}

name(one) := sprintf("%s/%s", [one.kind, one.metadata.name])

containers(one) := array.concat(one.spec.template.spec.containers, object.get(one.spec.template.spec, "initContainers", []))

deny contains sprintf("%s: the image %s names no version", [name(one), container.image]) if {
	some one in workloads
	some container in containers(one)
	not regex.match(`(:[\w.-]*[0-9][\w.-]*|@sha256:[0-9a-f]{64})$`, container.image)
}

deny contains sprintf("%s: %s has no limit of %s", [name(one), container.name, what]) if {
	some one in workloads
	some container in containers(one)
	some what in ["cpu", "memory"]
	not container.resources.limits[what]
}

deny contains sprintf("%s: %s is promised no %s", [name(one), container.name, what]) if {
	some one in workloads
	some container in containers(one)
	some what in ["cpu", "memory"]
	not container.resources.requests[what]
}

deny contains sprintf("%s: may run as root", [name(one)]) if {
	some one in workloads
	not one.spec.template.spec.securityContext.runAsNonRoot
}

deny contains sprintf("%s: runs as root", [name(one)]) if {
	some one in workloads
	one.spec.template.spec.securityContext.runAsUser == 0
}

deny contains sprintf("%s: no seccomp profile", [name(one)]) if {
	some one in workloads
	not one.spec.template.spec.securityContext.seccompProfile.type == "RuntimeDefault"
}

deny contains sprintf("%s: %s may write to its root", [name(one), container.name]) if {
	some one in workloads
	some container in containers(one)
	not container.securityContext.readOnlyRootFilesystem
}

deny contains sprintf("%s: %s may gain rights", [name(one), container.name]) if {
	some one in workloads
	some container in containers(one)
	not container.securityContext.allowPrivilegeEscalation == false
}

deny contains sprintf("%s: %s keeps capabilities", [name(one), container.name]) if {
	some one in workloads
	some container in containers(one)
	not container.securityContext.capabilities.drop == ["ALL"]
}

deny contains sprintf("%s: its account holds a token", [name(one)]) if {
	some one in workloads
	not one.spec.template.spec.automountServiceAccountToken == false
}

deny contains sprintf("%s: runs under the account default", [name(one)]) if {
	some one in workloads
	object.get(one.spec.template.spec, "serviceAccountName", "default") == "default"
}

deny contains sprintf("%s: %s is shown a secret in %s", [name(one), container.name, variable.name]) if {
	some one in workloads
	some container in containers(one)
	some variable in object.get(container, "env", [])
	is_secret(variable)
}

is_secret(variable) if regex.match(`(password|secret|token|_key$|database_url|amqp_url|files_url)`, lower(variable.name))

is_secret(variable) if regex.match(`://[^/@\s]+:[^/@\s]+@`, object.get(variable, "value", ""))

is_secret(variable) if variable.valueFrom.secretKeyRef

deny contains sprintf("Secret/%s: secrets are not kept with manifests", [one.metadata.name]) if {
	some one in input.objects
	one.kind == "Secret"
}

deny contains sprintf("%s: %s is never asked whether it is ready or alive", [name(one), container.name]) if {
	some one in workloads
	one.kind != "Job"
	some container in one.spec.template.spec.containers
	some what in ["readinessProbe", "livenessProbe"]
	not container[what]
}

deny contains sprintf("%s: no budget of disruptions", [name(one)]) if {
	some one in workloads
	one.kind == "Deployment"
	not chosen_by(one, "PodDisruptionBudget", "selector")
}

deny contains sprintf("%s: its replicas are not kept apart", [name(one)]) if {
	some one in workloads
	one.kind == "Deployment"
	not one.spec.template.spec.topologySpreadConstraints
}

deny contains "nothing denies what no rule allows" if not closed

closed if {
	some one in input.objects
	one.kind == "NetworkPolicy"
	one.spec.podSelector == {}
	{"Ingress", "Egress"} == {kind | some kind in one.spec.policyTypes}
	object.get(one.spec, "ingress", []) == []
	object.get(one.spec, "egress", []) == []
}

deny contains sprintf("NetworkPolicy/%s: lets everything %s", [one.metadata.name, way]) if {
	some one in input.objects
	one.kind == "NetworkPolicy"
	some way in ["ingress", "egress"]
	some rule in object.get(one.spec, way, [])
	not rule.ports
}

chosen_by(one, kind, field) if {
	some other in input.objects
	other.kind == kind
	labels := other.spec[field].matchLabels
	every key, value in labels {
		one.spec.template.metadata.labels[key] == value
	}
}
