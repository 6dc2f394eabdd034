"""`make k8s-test` before it meets a cluster: what it gives to the server, what it says it could not, when it stops."""

import json
from typing import Any

import pytest
from suite.check.on_cluster import RefusedError, accepted, known_kinds, refuse_foreign, sorted_for

KINDS = """\
configmaps          cm      v1                       true    ConfigMap
deployments         deploy  apps/v1                  true    Deployment
poddisruptionbudgets pdb    policy/v1beta1           true    PodDisruptionBudget
namespaces          ns      v1                       false   Namespace
"""


def thing(api: str, kind: str) -> dict[str, Any]:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": "a"}}


class Server:
    """Answers what it is told to, and remembers what it was given."""

    def __init__(self, answer: str = "", refusal: str = "") -> None:
        self.answer, self.refusal, self.given = answer, refusal, ""

    def __call__(self, *_arguments: str, given: str = "") -> str:
        self.given = given
        if self.refusal:
            raise RefusedError(self.refusal)
        return self.answer


def test_an_older_server_gets_what_it_knows_and_the_rest_is_named() -> None:
    known = known_kinds(Server(KINDS))
    assert ("v1", "Namespace") in known
    assert ("policy/v1beta1", "PodDisruptionBudget") in known
    budget, route = (
        thing("policy/v1", "PodDisruptionBudget"),
        thing("gateway.networking.k8s.io/v1", "HTTPRoute"),
    )
    taken, unknown = sorted_for([thing("apps/v1", "Deployment"), budget, route, route], known)
    assert [one["apiVersion"] for one in taken] == ["apps/v1", "policy/v1beta1"]
    assert budget["apiVersion"] == "policy/v1", "what was rendered stays as it is"
    assert unknown == {"gateway.networking.k8s.io/v1 HTTPRoute": 2}


def test_a_newer_server_gets_everything_as_it_is() -> None:
    budget = thing("policy/v1", "PodDisruptionBudget")
    assert sorted_for([budget], {("policy/v1", "PodDisruptionBudget")}).taken == [budget]


def test_the_server_is_given_all_of_them_and_counts() -> None:
    server = Server("configmap/a serverside-applied\ndeployment.apps/a serverside-applied\n")
    assert accepted([thing("v1", "ConfigMap"), thing("apps/v1", "Deployment")], server) == 2
    assert [one["kind"] for one in json.loads(server.given)["items"]] == ["ConfigMap", "Deployment"]


def test_what_the_server_refuses_is_no_success() -> None:
    with pytest.raises(RefusedError, match="does not match template"):
        accepted([thing("apps/v1", "Deployment")], Server(refusal="selector does not match template labels"))


def test_a_cluster_on_which_a_province_may_live_is_left_alone() -> None:
    with pytest.raises(RefusedError, match="would delete it"):
        refuse_foreign(Server("namespace/motcua\n"))
    refuse_foreign(Server(""))
