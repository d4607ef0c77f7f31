"""Conan 2: conan create tools/package/conan. It builds the checkout that it lies in."""
import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy
from conan.tools.gnu import PkgConfigDeps


class Riskshare(ConanFile):
    name = "riskshare"
    version = "0.1.0"
    description = "Exact figures, reconciliation and risk sharing for the workbooks of public-sector finance"
    settings = "os", "compiler", "build_type", "arch"
    requires = ("boost/[>=1.74]", "date/[>=3.0]", "libdeflate/[>=1.14]", "nlohmann_json/[>=3.11]",
                "tomlplusplus/[>=3.3]", "libxlsxwriter/[>=1.1.4]", "cli11/[>=2.3]")
    tool_requires = "cmake/[>=3.25]", "pkgconf/[>=1.9]"

    def export_sources(self):
        project = os.path.abspath(os.path.join(self.recipe_folder, "..", "..", ".."))
        for pattern in ("CMakeLists.txt", "LICENSE", "README.md", "include/*", "src/*", "tools/cmake/*", "tools/riskshare/*"):
            copy(self, pattern, project, self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        PkgConfigDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.variables["RISKSHARE_BUILD_TESTS"] = False
        toolchain.variables["RISKSHARE_PRECOMPILE"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "none")  # the project's own config file says it better
        self.cpp_info.builddirs = ["lib/cmake/riskshare"]
