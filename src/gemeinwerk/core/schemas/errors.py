"""Why a file is refused as a schema or code list: one class per reason, each with its line."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class SchemaRefusedError(DomainError):
    """The file cannot be read as a whole; `params` hold `line` (0: unknown) and details."""

    code = "schema.refused"

    @property
    def line(self) -> int:
        """Line of the file where reading stopped, counted from 1; 0 when there is none."""
        return int(self.params.get("line", 0))


class EmptyFileError(SchemaRefusedError):
    code = "schema.empty"


class TooLargeError(SchemaRefusedError):
    """params: limit (bytes), megabytes (the same for people)."""

    code = "schema.too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit, megabytes=max(1, limit // 1024**2))


class PackedError(SchemaRefusedError):
    """A broken or wrongly named .gz file."""

    code = "schema.packed_broken"


class NotXmlError(SchemaRefusedError):
    """params: line, why (English words of the parser, for the expert)."""

    code = "schema.not_xml"


class TruncatedError(SchemaRefusedError):
    """The file ends in the middle."""

    code = "schema.truncated"


class EncodingError(SchemaRefusedError):
    """params: line, encoding (declared)."""

    code = "schema.encoding"


class DoctypeError(SchemaRefusedError):
    """A document type declaration; entities and references to other files begin there."""

    code = "schema.doctype"


class TooDeepError(SchemaRefusedError):
    """params: line, limit (levels)."""

    code = "schema.too_deep"


class TooManyElementsError(SchemaRefusedError):
    """params: line, limit (elements)."""

    code = "schema.too_many_elements"


class UnknownNamespaceError(SchemaRefusedError):
    """params: line, namespace."""

    code = "schema.unknown_namespace"


class UnknownMessageError(SchemaRefusedError):
    """params: line, element."""

    code = "schema.unknown_message"


class NoSchemaInsideError(SchemaRefusedError):
    """A sound message that holds no fields: code list, document profile, translation."""

    code = "schema.other_message"


class NoCodeListInsideError(SchemaRefusedError):
    """A sound XML file that is no code list."""

    code = "schema.no_code_list"


class UnknownElementError(SchemaRefusedError):
    """params: line, element, parent."""

    code = "schema.unknown_element"


class ElementTwiceError(SchemaRefusedError):
    """params: line, element, parent."""

    code = "schema.element_twice"


class ElementMissingError(SchemaRefusedError):
    """params: line, element, parent."""

    code = "schema.element_missing"


class BadIdError(SchemaRefusedError):
    """params: line, value: an id with other signs than letters, digits, "-" and "_"."""

    code = "schema.bad_id"


class UnknownCodeError(SchemaRefusedError):
    """params: line, element, value."""

    code = "schema.unknown_code"


class BadMultiplicityError(SchemaRefusedError):
    """params: line, value."""

    code = "schema.bad_multiplicity"


class CodeListColumnsError(SchemaRefusedError):
    """No column of the code list can be told to hold the codes."""

    code = "schema.code_list_columns"


class BrokenDocumentError(SchemaRefusedError):
    """A stored document that is no schema or code list."""

    code = "schema.document_broken"


class CannotConvertError(SchemaRefusedError):
    """params: element (the message), to: only one of the two standards has such a message."""

    code = "schema.convert_impossible"
