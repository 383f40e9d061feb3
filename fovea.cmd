@echo off
rem Fovea's command line: builds what is missing, quietly, then runs.  fovea --help
rem JAVA_OPTS go to the program, MAVEN_OPTS to the build; the working directory stays the caller's.
setlocal
set "home=%~dp0"
set "classes=%home%examples\target"
set "stamp=%classes%\built"

if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (set "java=java")
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo fovea: no Java found: install a JDK, 17 or newer, or set JAVA_HOME to one 1>&2
  exit /b 1
)

powershell -NoProfile -Command ^
  "$stamp = Get-Item -ErrorAction SilentlyContinue '%stamp%'; if (-not $stamp) { exit 1 };" ^
  "$sources = Get-ChildItem '%home%' -Directory | ForEach-Object { Get-ChildItem -Recurse -File -ErrorAction SilentlyContinue ($_.FullName + '\src\main'), ($_.FullName + '\pom.xml') };" ^
  "if (@($sources) + (Get-Item '%home%pom.xml') | Where-Object { $_.LastWriteTime -gt $stamp.LastWriteTime }) { exit 1 }"
if not errorlevel 1 goto run

where mvn >nul 2>&1
if errorlevel 1 (
  echo fovea: this checkout has to be built, and no Maven was found: install Maven 3.6.3 or newer 1>&2
  exit /b 1
)
echo fovea: building (only when sources have changed) ... 1>&2
if not exist "%classes%" mkdir "%classes%"
type nul > "%stamp%.new"
pushd "%home%"
call mvn -q -B -DskipTests -pl examples -am package
set "result=%errorlevel%"
popd
if not "%result%"=="0" (
  echo fovea: the build failed, see above 1>&2
  exit /b 1
)
move /y "%stamp%.new" "%stamp%" >nul

:run
if not defined JAVA_OPTS set "JAVA_OPTS=-XX:+UseSerialGC"
"%java%" --add-modules jdk.incubator.vector %JAVA_OPTS% -cp "%classes%\classes;%classes%\lib\*" dev.fovea.examples.Fovea %*
