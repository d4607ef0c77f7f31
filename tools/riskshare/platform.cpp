#include "platform.hpp"

#include <riskshare/answers.hpp>

#include <csignal>
#include <cstdlib>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <shellapi.h>
#else
#include <unistd.h>
#endif

namespace riskshare::tool {

namespace {

extern "C" void on_interrupt(int) { _exit(answers::interrupted); }

} // namespace

#ifdef _WIN32

std::vector<std::string> words_typed(int, char**) {
    int count = 0;
    wchar_t** wide = CommandLineToArgvW(GetCommandLineW(), &count);
    std::vector<std::string> words;
    for (int i = 1; i < count; ++i) {
        const int size = WideCharToMultiByte(CP_UTF8, 0, wide[i], -1, nullptr, 0, nullptr, nullptr);
        std::string word(static_cast<std::size_t>(size > 0 ? size - 1 : 0), '\0');
        WideCharToMultiByte(CP_UTF8, 0, wide[i], -1, word.data(), size, nullptr, nullptr);
        words.push_back(std::move(word));
    }
    LocalFree(wide);
    return words;
}

void prepare_console() {
    std::signal(SIGINT, on_interrupt);
    for (std::FILE* stream : {stdin, stdout, stderr}) _setmode(_fileno(stream), _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
}

bool is_terminal(stream s) { return _isatty(s == stream::out ? 1 : 2) != 0; }

std::filesystem::path path_of(const std::string& utf8) { return std::u8string(utf8.begin(), utf8.end()); }

std::FILE* opened_for_reading(const std::string& utf8) { return _wfopen(path_of(utf8).c_str(), L"rb"); }

#else

std::vector<std::string> words_typed(int argc, char** argv) {
    return argc > 0 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>();
}

void prepare_console() {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGPIPE, SIG_DFL);
}

bool is_terminal(stream s) { return isatty(s == stream::out ? STDOUT_FILENO : STDERR_FILENO) != 0; }

std::filesystem::path path_of(const std::string& utf8) { return utf8; }

std::FILE* opened_for_reading(const std::string& utf8) { return std::fopen(utf8.c_str(), "rb"); }

#endif

} // namespace riskshare::tool
