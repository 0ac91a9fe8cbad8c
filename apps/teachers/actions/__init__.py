from apps.teachers.actions.books import book_removed, book_saved, recount
from apps.teachers.actions.erasing import erase
from apps.teachers.actions.mentoring import end_mentorship
from apps.teachers.actions.merging import merge, say_not_same, undo_merge
from apps.teachers.actions.people import change_person, create_person, remove_record, save_record
from apps.teachers.actions.posts import dismiss, receive, transfer
from apps.teachers.actions.saved import delete_filter, save_filter
from apps.teachers.actions.scans import remove_with_scan, save_with_scan
from apps.teachers.actions.standing import refresh
from apps.teachers.actions.vacancies import remove_vacancy, save_vacancy

__all__ = [
    "book_removed",
    "book_saved",
    "change_person",
    "create_person",
    "delete_filter",
    "dismiss",
    "end_mentorship",
    "erase",
    "merge",
    "receive",
    "recount",
    "refresh",
    "remove_record",
    "remove_vacancy",
    "remove_with_scan",
    "save_filter",
    "save_record",
    "save_vacancy",
    "save_with_scan",
    "say_not_same",
    "transfer",
    "undo_merge",
]
