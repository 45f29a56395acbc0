"""Give a service its groups, its collection of pictures and its workflow.

Wagtail decides by them what somebody is shown and may open; what may happen is asked
of `rights`. Nothing here is made twice: it settles what is missing or has changed.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tamizdat.newsroom.models import (
    ArticlePage,
    Picture,
    ServiceDesk,
    ServicePage,
    ServiceRole,
)
from tamizdat.newsroom.roles import ROLES, Role, roles_with


@transaction.atomic
def settle_desk(service: ServicePage) -> ServiceDesk:
    """Make or mend groups, collection and workflow of a service.

    Args:
        service: saved; its path may have changed, and names of groups follow it.
    """
    desk = _desk(service)
    groups = {key: _group(service, key) for key in ROLES}
    for key, group in groups.items():
        _open_pages(group, service, ROLES[key])
        _open_pictures(group, desk.pictures, ROLES[key])
    _sit(desk.editing, (groups[key] for key in roles_with("edit")))
    _sit(desk.signing, (groups[key] for key in roles_with("publish")))
    return desk


def settle_all() -> None:
    """Settle every service that is open."""
    for key in ServicePage.objects.order_by().values_list("pk", flat=True):
        settle_desk(ServicePage.objects.get(pk=key))


@transaction.atomic
def close_desk(service: ServicePage) -> Callable[[], None]:
    """Prepare to take away what a service has, for when it is gone itself.

    Pictures stay, in the collection of those who may everything.
    """
    groups = list(Group.objects.filter(service_role__service=service))
    desk = ServiceDesk.objects.filter(service=service).first()

    def close() -> None:
        Group.objects.filter(pk__in=[group.pk for group in groups]).delete()
        if desk is not None:
            root = Collection.get_first_root_node()
            Picture.objects.filter(collection=desk.pictures).update(collection=root)
            for thing in (desk.workflow, desk.editing, desk.signing, desk.pictures):
                thing.delete()

    return close


def _desk(service: ServicePage) -> ServiceDesk:
    desk = ServiceDesk.objects.filter(service=service).first()
    if desk is None:
        desk = _new_desk(service)
        _bring_pictures(service, desk.pictures)
    named = (
        (desk.workflow, _named(service, "edit and sign off")),
        *(
            (task, _named(service, verb))
            for task, verb in ((desk.editing, "edit"), (desk.signing, "sign off"))
        ),
    )
    for thing, name in (*named, (desk.pictures, _named(service, "pictures"))):
        if thing.name != name:
            thing.name = name
            thing.save()
    return desk


def _named(service: ServicePage, what: str) -> str:
    return f"{service.service_id}: {what}"


def _new_desk(service: ServicePage) -> ServiceDesk:
    pictures = Collection(name=_named(service, "pictures"))
    Collection.get_first_root_node().add_child(instance=pictures)
    editing, signing = (
        GroupApprovalTask.objects.create(name=_named(service, verb))
        for verb in ("edit", "sign off")
    )
    workflow = Workflow.objects.create(name=_named(service, "edit and sign off"))
    for order, task in enumerate((editing, signing)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=service)
    return ServiceDesk.objects.create(
        service=service,
        pictures=pictures,
        workflow=workflow,
        editing=editing,
        signing=signing,
    )


def _bring_pictures(service: ServicePage, collection: Collection) -> None:
    """Take pictures that its articles show out of the common collection."""
    shown = ArticlePage.objects.filter(article__service=service)
    keys = shown.exclude(lead_picture=None).values("lead_picture")
    root = Collection.get_first_root_node()
    Picture.objects.filter(collection=root, pk__in=keys).update(collection=collection)


def _group(service: ServicePage, key: str) -> Group:
    name = _named(service, ROLES[key].name)
    seat = ServiceRole.objects.filter(service=service, role=key).first()
    if seat is None:
        # A group of this name that somebody made is not taken over with its members.
        group = Group.objects.create(name=name)
        ServiceRole.objects.create(service=service, role=key, group=group)
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        return group
    if seat.group.name != name:
        seat.group.name = name
        seat.group.save(update_fields=["name"])
    found: Group = seat.group
    return found


def _permission(app: str, codename: str) -> Permission:
    found: Permission = Permission.objects.get(
        content_type__app_label=app, codename=codename
    )
    return found


def _open_pages(group: Group, service: ServicePage, role: Role) -> None:
    rows = GroupPagePermission.objects.filter(group=group, page=service)
    wanted = {f"{verb}_page" for verb in role.pages}
    _settle(rows, wanted, "wagtailcore", {"group": group, "page": service})


def _open_pictures(group: Group, collection: Collection, role: Role) -> None:
    rows = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    wanted = {f"{verb}_image" for verb in role.pictures}
    _settle(rows, wanted, "wagtailimages", {"group": group, "collection": collection})


def _settle(rows: Any, wanted: set[str], app: str, place: dict[str, Any]) -> None:
    rows.exclude(permission__codename__in=wanted).delete()
    found = set(rows.values_list("permission__codename", flat=True))
    for codename in sorted(wanted - found):
        rows.model.objects.create(permission=_permission(app, codename), **place)


def _sit(task: GroupApprovalTask, groups: Iterable[Group]) -> None:
    task.groups.set(groups)
