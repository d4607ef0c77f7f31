#include "detail/refusal.hpp"
#include "detail/xml_text.hpp"

#include <riskshare/error.hpp>

#include <algorithm>

namespace riskshare::workbook::detail {
namespace {

/// As OLE spells the names of its streams.
std::string utf16(std::string_view ascii) {
    std::string wide;
    for (char c : ascii) (wide += c) += '\0';
    return wide;
}

bool contains(std::string_view bytes, std::string_view what) { return bytes.find(what) != std::string_view::npos; }

bool starts(std::string_view bytes, std::string_view with) { return bytes.substr(0, with.size()) == with; }

[[noreturn]] void refuse_ole(std::string_view bytes, const std::string& file) {
    if (contains(bytes, utf16("EncryptedPackage")) || contains(bytes, utf16("EncryptionInfo")))
        refuse("package.encrypted", file,
               "is protected by a password. Open it in Excel, take the password off (File, Info, Protect Workbook, "
               "Encrypt with Password), save, and try again.");
    refuse("package.old_xls", file,
           contains(bytes, utf16("Workbook")) || contains(bytes, utf16("Book"))
               ? "is a workbook in the old .xls format. Open it in Excel and save it as .xlsx."
               : "is a document in the old Office format, not an .xlsx workbook. Save it as .xlsx.");
}

bool is_text(std::string_view head) {
    return std::none_of(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    });
}

std::string what_text_looks_like(std::string_view head) {
    std::string lower(head);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (contains(lower, "urn:schemas-microsoft-com:office:spreadsheet"))
        return "is an XML spreadsheet of 2003. Open it in Excel and save it as .xlsx.";
    if (contains(lower, "<html") || contains(lower, "<!doctype html") || contains(lower, "<table"))
        return "is a web page (HTML), not a workbook. Open it in Excel and save it as .xlsx.";
    if (starts(lower, "version https://git-lfs"))
        return "is a pointer left by Git LFS; the workbook itself was not downloaded.";
    if (contains(lower, "<?xml")) return "is an XML text, not a workbook.";
    const std::string first_line = lower.substr(0, lower.find_first_of("\r\n"));
    if (contains(first_line, "\t"))
        return "is a text with tabs, not a workbook. Open it in Excel and save it as .xlsx.";
    if (contains(first_line, ",") || contains(first_line, ";"))
        return "is a CSV text, not a workbook. Open it in Excel and save it as .xlsx.";
    return "is a plain text, not a workbook.";
}

/// C0, DEL, C1, and what turns the direction of writing around.
bool commands_a_terminal(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
    if (character.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
    if (character.size() != 3 || byte(0) != 0xE2) return false;
    const bool marks = byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xA8 && byte(2) <= 0xAE));
    return marks || (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
}

} // namespace

void refuse(const char* rule, const std::string& file, const std::string& sentence) {
    throw input_refused(rule, file + " " + sentence);
}

void refuse_what_is_no_zip(std::string_view bytes, const std::string& file) {
    const auto no_zip = [&](const std::string& sentence) { refuse("package.not_a_zip", file, sentence); };
    if (bytes.empty()) no_zip("is empty. Ask for the file again: it was not copied to its end.");
    if (starts(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) refuse_ole(bytes, file);
    if (starts(bytes, "PK\3\4"))
        refuse(
            "package.truncated", file,
            "begins like a workbook but its end is missing or damaged (no zip directory). Ask for the file again: it "
            "was not copied to its end.");
    if (starts(bytes, "%PDF")) no_zip("is a PDF, not a workbook.");
    if (starts(bytes, "\x1F\x8B")) no_zip("is packed with gzip. Unpack it first.");
    if (starts(bytes, "7z\xBC\xAF\x27\x1C")) no_zip("is a 7-Zip archive. Unpack the workbook first.");
    if (starts(bytes, "Rar!")) no_zip("is a RAR archive. Unpack the workbook first.");
    if (bytes.find_first_not_of('\0') == std::string_view::npos)
        no_zip("holds nothing but zero bytes. Ask for the file again: its content was lost.");
    const std::string_view head = bytes.substr(0, 4096);
    if (starts(head, "\xFF\xFE") || starts(head, "\xFE\xFF")) {
        std::string narrow;
        std::copy_if(head.begin() + 2, head.end(), std::back_inserter(narrow), [](char c) { return c != '\0'; });
        no_zip(what_text_looks_like(narrow));
    }
    if (is_text(head)) no_zip(what_text_looks_like(head));
    refuse("package.not_a_zip", file, "is not a workbook: an .xlsx file is a zip, and this is none.");
}

std::string in_quotes(std::string_view name) {
    constexpr std::size_t longest = 120;
    std::string text;
    std::size_t at = 0;
    while (at < name.size() && text.size() < longest) {
        const std::size_t length = utf8_length(name, at);
        const std::string_view character = name.substr(at, std::max<std::size_t>(length, 1));
        text += length == 0 || commands_a_terminal(character) ? "?" : character;
        at += character.size();
    }
    return "'" + text + (at < name.size() ? "…'" : "'");
}

void warn(std::vector<std::string>& warnings, std::string sentence) {
    constexpr std::size_t most = 100;
    if (warnings.size() < most)
        warnings.push_back(std::move(sentence));
    else if (warnings.size() == most)
        warnings.push_back("More was odd than the " + std::to_string(most) + " things above.");
}

} // namespace riskshare::workbook::detail
